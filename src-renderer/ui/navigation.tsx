import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { AccountMenu } from './account-menu.tsx';
import { Mark } from './mark.tsx';
import classes from './navigation.module.css';
import { pagesOf } from './pages.ts';
import type { Me } from './use-me.ts';

interface NavigationProps {
  me: Me | undefined;
  outbox: boolean;
}

/** Left navigation: icon and word, icons alone under 900 px, where tooltips bring the words. */
export function Navigation({ me, outbox }: NavigationProps) {
  const narrow = useMediaQuery('(max-width: 56.1875em)', false, { getInitialValueInEffect: false });
  const pages = pagesOf(me, outbox);
  const groups = [...new Set(pages.map((page) => page.group))];
  return (
    <nav className={classes.nav} aria-label="Main">
      <div className={classes.brand}>
        <Mark />
        <span className={classes.word}>{me?.workspace.name ?? ' '}</span>
      </div>
      <div className={classes.groups}>
        {groups.map((group) => (
          <div key={group}>
            <p className={classes.group}>{group}</p>
            <ul className={classes.list}>
              {pages
                .filter((page) => page.group === group)
                .map(({ to, name, Icon }) => (
                  <li key={to}>
                    <Tooltip label={name} position="right" disabled={!narrow}>
                      <Link to={to} className={classes.link} activeOptions={{ exact: to === '/' }}>
                        <Icon size={20} stroke={1.75} aria-hidden />
                        <span className={classes.word}>{name}</span>
                      </Link>
                    </Tooltip>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
      <div className={classes.foot}>{me && <AccountMenu me={me} />}</div>
    </nav>
  );
}
