import { expect, test } from 'vitest';
import { policyOf } from '../../../src-main/domain/policy.ts';
import { atOnce, type OpenStore, T0 } from './samples.ts';

export function workspaceContract(open: OpenStore): void {
  test('before set-up there is none', async () => {
    const store = await open();
    expect(await store.read((tx) => tx.workspace.find())).toBe(null);
  });

  test('R33 set-up writes name, template and the first version of the policy', async () => {
    const store = await open();
    const workspace = { name: 'Analytical Engines', template: 'classic', createdAt: T0 } as const;
    expect(await store.transaction((tx) => tx.workspace.create(workspace, policyOf('classic')))).toBe(true);
    expect(await store.read((tx) => tx.workspace.find())).toEqual(workspace);
    expect(await store.read((tx) => tx.workspace.policy())).toEqual({
      version: 1,
      policy: policyOf('classic'),
      requiredSince: null,
    });
  });

  test('of twenty set-ups at once exactly one wins, and its name stays', async () => {
    const store = await open();
    const won = await atOnce(20, (index) =>
      store.transaction((tx) =>
        tx.workspace.create({ name: `Workspace ${index}`, template: 'strong', createdAt: T0 }, policyOf('strong')),
      ),
    );
    expect(won.filter(Boolean)).toHaveLength(1);
    expect((await store.read((tx) => tx.workspace.find()))?.name).toBe(`Workspace ${won.indexOf(true)}`);
    expect((await store.read((tx) => tx.workspace.policy())).version).toBe(1);
  });

  test('S19 where there is no policy, asking for it fails: nothing is allowed by default', async () => {
    const store = await open();
    await expect(store.read((tx) => tx.workspace.policy())).rejects.toThrow('no policy');
  });
}
