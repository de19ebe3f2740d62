import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { api } from '../api.ts';
import { IdleWarning } from './idle-warning.tsx';
import { Loading } from './loading.tsx';
import { Navigation } from './navigation.tsx';
import { OutboxBanner } from './outbox-banner.tsx';
import { Palette } from './palette.tsx';
import { PolicyBanner } from './policy-banner.tsx';
import { Problem } from './problem.tsx';
import classes from './shell.module.css';
import { useMe } from './use-me.ts';

/** The frame of everything after sign-in: navigation at the left, banners and the page at the right. */
export function Shell() {
  const me = useMe();
  const mail = useQuery(api.open.welcome.queryOptions()).data?.mail;
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <Navigation me={me.data} outbox={mail?.kind === 'outbox'} />
      <main id="content" className={classes.content} tabIndex={-1}>
        {me.data && <PolicyBanner me={me.data} />}
        {mail?.kind === 'outbox' && <OutboxBanner folder={mail.folder} />}
        <div className={classes.page}>
          {me.isPending && <Loading />}
          {me.isLoadingError && <Problem error={me.error} retry={me.refetch} />}
          {me.data && <Outlet />}
        </div>
      </main>
      {me.data && <IdleWarning session={me.data.session} />}
      {me.data && <Palette me={me.data} outbox={mail?.kind === 'outbox'} />}
    </div>
  );
}
