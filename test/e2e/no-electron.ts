import { test } from '@playwright/test';
import { electronObstacle } from './support/electron-app.ts';

test('the suite in Electron', async () => {
  test.skip(true, (await electronObstacle()) ?? '');
});
