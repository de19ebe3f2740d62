import { Anchor } from '@mantine/core';
import { IconMailOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { api } from '../api.ts';
import { FolderPath } from './folder-path.tsx';
import { AnchorLink } from './links.tsx';
import classes from './outbox-banner.module.css';

/** Visible as long as mail goes to a folder instead of to people (R50). */
export function OutboxBanner({ folder }: { folder: string }) {
  const open = useMutation(api.open.openOutboxFolder.mutationOptions());
  return (
    <div className={classes.banner}>
      <IconMailOff size={18} aria-hidden className={classes.icon} />
      <p className={classes.words}>
        No mail server is set up: mail stays in the outbox folder.
        {open.data?.opened === false && (
          <>
            {' '}
            It is at <FolderPath path={folder} />
          </>
        )}
      </p>
      <AnchorLink to="/outbox" size="sm">
        Read it here
      </AnchorLink>
      <Anchor component="button" type="button" size="sm" onClick={() => open.mutate()}>
        Open the folder
      </Anchor>
    </div>
  );
}
