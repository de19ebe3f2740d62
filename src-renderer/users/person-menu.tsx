import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconId } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { Person } from '../../src-main/domain/people.ts';
import type { Me } from '../ui/use-me.ts';
import type { Act } from './acts.ts';
import { ACTS, actsOn, obstacle } from './acts.ts';
import classes from './people-table.module.css';

interface PersonMenuProps {
  person: Person;
  me: Me;
  onAct: (act: Act | 'details', person: Person) => void;
}

/** The button of a row. The menu behind it is made when it is first wanted: hundreds of rows scroll by without. */
export function PersonMenu(props: PersonMenuProps) {
  const [wanted, setWanted] = useState(false);
  if (wanted) return <Acts {...props} />;
  return (
    <ActionIcon {...lookOf(props.person)} aria-haspopup="menu" aria-expanded={false} onClick={() => setWanted(true)}>
      <IconDots size={20} aria-hidden />
    </ActionIcon>
  );
}

const lookOf = ({ name }: Person) =>
  ({ variant: 'subtle', color: 'gray', size: 'lg', 'aria-label': `Actions for ${name}` }) as const;

/** All that can be done to somebody; what their rank forbids stands below the reason. */
function Acts({ person, me, onAct }: PersonMenuProps) {
  const target = useRef<HTMLButtonElement>(null);
  const offered = actsOn(person, me).map((act) => ({ act, reason: obstacle(act, person, me) }));
  const reason = offered.find((each) => each.reason)?.reason;
  const item = ({ act, reason: why }: (typeof offered)[number]) => {
    const { name, Icon, danger } = ACTS[act];
    return (
      <Menu.Item
        key={act}
        leftSection={<Icon size={18} stroke={1.75} aria-hidden />}
        disabled={why !== null}
        {...(danger && !why && { c: 'var(--bad)' })}
        onClick={() => onAct(act, person)}
      >
        {name}
      </Menu.Item>
    );
  };
  return (
    // The focus is back on the button before a dialog opens, so that the dialog can give it back there.
    <Menu
      defaultOpened
      position="bottom-end"
      width={264}
      returnFocus={false}
      onClose={() => target.current?.focus()}
      withInitialFocusPlaceholder={false}
      portalProps={{ target: '#content' }}
    >
      <Menu.Target>
        <ActionIcon ref={target} {...lookOf(person)}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconId size={18} stroke={1.75} aria-hidden />}
          onClick={() => onAct('details', person)}
        >
          Details
        </Menu.Item>
        {offered.filter((each) => !each.reason).map(item)}
        {reason && <Menu.Label className={classes.reason ?? ''}>{reason}</Menu.Label>}
        {offered.filter((each) => each.reason).map(item)}
      </Menu.Dropdown>
    </Menu>
  );
}
