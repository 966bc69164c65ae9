import { PLATFORM_ROLES, type PlatformRole } from '@concert/contract';
import { Select, Text } from '@mantine/core';
import { useText } from '../../platform/i18n.ts';
import { common } from '../../platform/messages.ts';

type Props = {
  readonly label: string;
  readonly value: PlatformRole;
  readonly onChange: (role: PlatformRole) => void;
  readonly disabled?: boolean;
  /** Why it cannot be changed. */
  readonly description?: string | undefined;
};

/** A platform role, each with a sentence on what it allows. */
export function PlatformRoleSelect({ label, value, onChange, disabled = false, description }: Props) {
  const t = useText(common);
  const find = (name: string | null) => PLATFORM_ROLES.find((role) => role === name);
  return (
    <Select
      label={label}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      disabled={disabled}
      allowDeselect={false}
      withCheckIcon={false}
      data={PLATFORM_ROLES.map((role) => ({ value: role, label: t(`platformRole.${role}`) }))}
      value={value}
      onChange={(next) => {
        const role = find(next);
        if (role && role !== value) onChange(role);
      }}
      renderOption={({ option }) => {
        const role = find(option.value);
        return (
          <div>
            <Text size="sm" fw={560}>
              {option.label}
            </Text>
            {role && (
              <Text size="xs" c="dimmed">
                {t(`platformRole.${role}.detail`)}
              </Text>
            )}
          </div>
        );
      }}
    />
  );
}
