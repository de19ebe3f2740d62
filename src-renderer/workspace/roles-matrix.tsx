import { NativeSelect, Table, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { Role } from '../../src-main/domain/account.ts';
import type { Level, Module, Permissions, RoleMatrix } from '../../src-main/domain/role.ts';
import { Card, Foot } from '../ui/card.tsx';
import { ROLE_HINTS, ROLES } from '../ui/roles.ts';
import { SaveBar } from '../ui/save-bar.tsx';
import table from '../ui/table.module.css';
import type { Me } from '../ui/use-me.ts';
import { LEVELS, MODULES } from './modules.ts';
import classes from './roles-matrix.module.css';
import { SaveRole } from './save-role.tsx';

interface RolesMatrixProps {
  matrix: RoleMatrix;
  editable: boolean;
  twoStep: Me['twoStep'];
}

/** Permissions of one role while they are edited. */
export interface RoleDraft {
  readonly role: Role;
  readonly permissions: Permissions;
}

const ROLE_ORDER = Object.keys(ROLES) as Role[];
const MODULE_ORDER = Object.keys(MODULES) as Module[];

/** Modules down, roles across. One role is edited at a time, because each change is proven by itself. */
export function RolesMatrix({ matrix, editable, twoStep }: RolesMatrixProps) {
  const [draft, setDraft] = useState<RoleDraft | null>(null);
  const [saving, setSaving] = useState(false);
  const changed = draft
    ? MODULE_ORDER.filter((module) => draft.permissions[module] !== matrix[draft.role][module])
    : [];
  const busy = changed.length > 0 ? draft : null;
  const edit = (role: Role, module: Module, level: Level) =>
    setDraft({ role, permissions: { ...(busy?.role === role ? busy.permissions : matrix[role]), [module]: level } });
  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setSaving(true);
        }}
      >
        <Card title="Permissions" titleId="permissions" titleOrder={2}>
          <Table.ScrollContainer minWidth={0} type="native">
            <Table aria-labelledby="permissions" className={`${table.table} ${table.typed} ${classes.matrix}`}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">Module</Table.Th>
                  {ROLE_ORDER.map((role) => (
                    <Table.Th scope="col" key={role} title={ROLE_HINTS[role]}>
                      {ROLES[role]}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {MODULE_ORDER.map((module) => (
                  <Table.Tr key={module}>
                    <Table.Th scope="row" className={classes.module ?? ''}>
                      {MODULES[module].name}
                      <Text span className={classes.hint ?? ''}>
                        {MODULES[module].hint}
                      </Text>
                    </Table.Th>
                    {ROLE_ORDER.map((role) => (
                      <Table.Td key={role}>
                        <Cell
                          name={`${MODULES[module].name} for ${ROLES[role]}`}
                          module={module}
                          level={(busy?.role === role ? busy.permissions : matrix[role])[module]}
                          fixed={!editable || role === 'owner' || module === 'profile'}
                          waiting={busy !== null && busy.role !== role}
                          onChange={(level) => edit(role, module, level)}
                        />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
          <Foot>
            <SaveBar
              changed={busy ? changed.map((module) => `${ROLES[busy.role]}: ${MODULES[module].name}`) : []}
              pending={false}
              onDiscard={() => setDraft(null)}
            />
          </Foot>
        </Card>
      </form>
      <SaveRole
        opened={saving}
        onClose={() => setSaving(false)}
        onSaved={() => setDraft(null)}
        draft={busy}
        before={busy && matrix[busy.role]}
        twoStep={twoStep}
      />
    </>
  );
}

interface CellProps {
  name: string;
  module: Module;
  level: Level;
  /** Belongs to the role for good, or is not for this person to change. */
  fixed: boolean;
  /** Another role has edits that are not saved. */
  waiting: boolean;
  onChange: (level: Level) => void;
}

function Cell({ name, module, level, fixed, waiting, onChange }: CellProps) {
  if (fixed) {
    return (
      <span className={classes.fixed} data-level={level}>
        {LEVELS[level]}
        {level !== 'none' && <IconLock size={14} aria-hidden />}
      </span>
    );
  }
  const levels = MODULES[module].levels;
  return (
    <NativeSelect
      aria-label={name}
      size="xs"
      className={classes.select ?? ''}
      data={(levels.includes(level) ? levels : [...levels, level]).map((each) => ({
        value: each,
        label: LEVELS[each],
      }))}
      value={level}
      disabled={waiting}
      {...(waiting && { title: 'Save or discard the other role first' })}
      onChange={({ currentTarget }) => onChange(currentTarget.value as Level)}
    />
  );
}
