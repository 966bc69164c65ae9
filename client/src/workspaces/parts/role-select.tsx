import { WORKSPACE_ROLES, WorkspaceRole } from '@concert/domain/access/roles.ts';
import { Select, Text } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';

type Props = {
  readonly value: WorkspaceRole;
  readonly onChange: (role: WorkspaceRole) => void;
  readonly label?: string;
  /** Names the field where it has no visible label. */
  readonly name?: string;
  readonly disabled?: boolean;
};

/** A role, each with a sentence on what it allows. */
export function RoleSelect({ value, onChange, label, name, disabled = false }: Props) {
  const t = useText(common);
  return (
    <Select
      label={label}
      aria-label={name}
      w="9.5rem"
      disabled={disabled}
      allowDeselect={false}
      withCheckIcon={false}
      comboboxProps={{ width: 260, position: 'bottom-end' }}
      data={WORKSPACE_ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      value={value}
      onChange={(next) => {
        const role = WorkspaceRole.safeParse(next);
        if (role.success && role.data !== value) onChange(role.data);
      }}
      renderOption={({ option }) => {
        const role = WorkspaceRole.safeParse(option.value);
        return (
          <div>
            <Text size="sm" fw={560}>
              {option.label}
            </Text>
            {role.success && (
              <Text size="xs" c="dimmed">
                {t(`role.${role.data}.detail`)}
              </Text>
            )}
          </div>
        );
      }}
    />
  );
}
