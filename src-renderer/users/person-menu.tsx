import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDots, IconId } from '@tabler/icons-react';
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

function Acts(props: PersonMenuProps) {
  const target = useRef<HTMLButtonElement>(null);
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
        <ActionIcon ref={target} {...lookOf(props.person)}>
          <IconDots size={20} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconId size={18} stroke={1.75} aria-hidden />}
          onClick={() => props.onAct('details', props.person)}
        >
          Details
        </Menu.Item>
        <ActItems {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface ActItemsProps {
  person: Person;
  me: Me;
  onAct: (act: Act, person: Person) => void;
}

/** All that can be done to somebody; what their rank forbids stands below the reason. */
function ActItems({ person, me, onAct }: ActItemsProps) {
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
    <>
      {offered.filter((each) => !each.reason).map(item)}
      {reason && <Menu.Label className={classes.reason ?? ''}>{reason}</Menu.Label>}
      {offered.filter((each) => each.reason).map(item)}
    </>
  );
}

/** The same in somebody's details; nothing where nothing can be done. */
export function PersonActs(props: ActItemsProps) {
  const target = useRef<HTMLButtonElement>(null);
  if (!actsOn(props.person, props.me).some((act) => obstacle(act, props.person, props.me) === null)) return null;
  return (
    <Menu
      position="bottom-end"
      width={264}
      withinPortal={false}
      returnFocus={false}
      onClose={() => target.current?.focus()}
    >
      <Menu.Target>
        <Button
          ref={target}
          variant="default"
          size="xs"
          rightSection={<IconChevronDown size={16} aria-hidden />}
          aria-label={`Actions for ${props.person.name}`}
        >
          Actions
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ActItems {...props} />
      </Menu.Dropdown>
    </Menu>
  );
}
