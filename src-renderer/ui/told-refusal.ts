import { notifications } from '@mantine/notifications';
import { explain } from '../explain.ts';

/** Says that an act without a form of its own was refused, and stays until it is read. */
export function toldRefusal(error: unknown) {
  const { title, unchanged, next, reference } = explain(error);
  const message = [unchanged, next, ...(reference ? [`Reference ${reference}`] : [])].join(' ');
  notifications.clean();
  notifications.show({ role: 'alert', color: 'red', title, message, autoClose: false });
}
