import { Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Module, Permissions } from '../../src-main/domain/role.ts';
import { api } from '../api.ts';
import { AnchorLink } from '../ui/links.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProveForm } from '../ui/prove-form.tsx';
import { ROLES } from '../ui/roles.ts';
import { told } from '../ui/told.ts';
import type { Me } from '../ui/use-me.ts';
import { Differences } from './differences.tsx';
import { LEVELS, MODULES } from './modules.ts';
import type { RoleDraft } from './roles-matrix.tsx';

interface SaveRoleProps {
  opened: boolean;
  onClose: () => void;
  onSaved: () => void;
  draft: RoleDraft | null;
  before: Permissions | null;
  twoStep: Me['twoStep'];
}

/** What will change for a role, then password and one more proof (R40, S26). */
export function SaveRole({ opened, onClose, draft, before, ...rest }: SaveRoleProps) {
  return (
    <Modal opened={opened && draft !== null} onClose={onClose} title="Change what the role may">
      {draft && before && <Save onClose={onClose} draft={draft} before={before} {...rest} />}
    </Modal>
  );
}

type SaveProps = Omit<SaveRoleProps, 'opened'> & { draft: RoleDraft; before: Permissions };

function Save({ onClose, onSaved, draft, before, twoStep }: SaveProps) {
  const queries = useQueryClient();
  const { role, permissions } = draft;
  const change = useMutation(
    api.admin.roles.change.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queries.invalidateQueries();
        onSaved();
        told('The role is changed', `It holds from the next click of everybody who is ${ROLES[role]}.`);
      },
    }),
  );
  if (twoStep === 'off') {
    return (
      <Notice tone="warn" title="Switch on your own two-step verification first">
        What roles may is changed with a password and one more proof. Go to{' '}
        <AnchorLink to="/profile" search={{ dialog: 'twoStep' }} inherit>
          Profile settings → Security
        </AnchorLink>
        .
      </Notice>
    );
  }
  const changed = (Object.keys(MODULES) as Module[]).filter((module) => permissions[module] !== before[module]);
  return (
    <ProveForm
      purpose="roles"
      pending={change.isPending}
      failure={change.error}
      onForget={change.reset}
      onProve={(proof) => change.mutate({ role, permissions, ...proof })}
    >
      <Text size="sm">
        For everybody who is <strong>{ROLES[role]}</strong>, from their very next click:
      </Text>
      <Differences
        of={changed.map((module) => ({
          name: MODULES[module].name,
          before: LEVELS[before[module]],
          after: LEVELS[permissions[module]],
        }))}
      />
    </ProveForm>
  );
}
