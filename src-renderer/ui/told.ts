import { notifications } from '@mantine/notifications';

/** A short word that something worked: read out politely, gone by itself, and gone at once when there is a newer one. */
export function told(title: string, message = '') {
  notifications.clean();
  notifications.show({ role: 'status', color: 'green', title, message, autoClose: 6_000 });
}
