import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import { Select, Text } from '@mantine/core';
import { useText } from '../i18n.ts';
import { common } from '../messages.ts';

type Props<Role extends WorkspaceRole> = {
  /** The roles that can be given here, strongest first. */
  readonly roles: readonly Role[];
  readonly value: Role;
  readonly onChange: (role: Role) => void;
  readonly label?: string;
  /** Names the field where it has no visible label. */
  readonly name?: string;
  readonly disabled?: boolean;
};

/** A role, each with a sentence on what it allows. */
export function RoleSelect<Role extends WorkspaceRole>(props: Props<Role>) {
  const { roles, value, onChange, label, name, disabled = false } = props;
  const t = useText(common);
  const known = (given: string | null): Role | undefined => roles.find((role) => role === given);
  return (
    <Select
      label={label}
      aria-label={name}
      w="9.5rem"
      disabled={disabled}
      allowDeselect={false}
      withCheckIcon={false}
      comboboxProps={{ width: 260, position: 'bottom-end' }}
      data={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))}
      value={value}
      onChange={(next) => {
        const role = known(next);
        if (role !== undefined && role !== value) onChange(role);
      }}
      renderOption={({ option }) => {
        const role = known(option.value);
        return (
          <div>
            <Text size="sm" fw={560}>
              {option.label}
            </Text>
            {role !== undefined && (
              <Text size="xs" c="dimmed">
                {t(`role.${role}.detail`)}
              </Text>
            )}
          </div>
        );
      }}
    />
  );
}
