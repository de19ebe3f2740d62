import { getRouteApi } from '@tanstack/react-router';
import type { ProfileDialog } from '../ui/signposts.ts';

const route = getRouteApi('/shell/profile');

/** Whether one of the page's dialogs is open. It is part of the address, so other pages can lead straight to it. */
export function useProfileDialog(dialog: ProfileDialog) {
  const open = route.useSearch({ select: (search) => search.dialog === dialog });
  const navigate = route.useNavigate();
  return {
    isOpen: open,
    open: () => void navigate({ search: { dialog }, resetScroll: false }),
    close: () => void navigate({ search: {}, replace: true, resetScroll: false }),
  };
}
