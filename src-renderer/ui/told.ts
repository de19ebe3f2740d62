import { notifications } from '@mantine/notifications';

/** A short word that something worked. It is read out politely and goes away by itself. */
export function told(title: string, message = '') {
  notifications.show({ role: 'status', color: 'green', title, message, autoClose: 6_000 });
}
