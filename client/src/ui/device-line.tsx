import { Group, Text } from '@mantine/core';
import { type Icon, IconDeviceDesktop, IconDeviceMobile, IconHelpCircle, IconTerminal2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../platform/i18n.ts';
import { common } from '../platform/messages.ts';
import { type Device, deviceOf } from './device.ts';

const SIGN: Record<Device['kind'], Icon> = {
  phone: IconDeviceMobile,
  computer: IconDeviceDesktop,
  program: IconTerminal2,
  unknown: IconHelpCircle,
};

/** Says a device in words: "Firefox on Windows". */
export function useDeviceName(): (userAgent: string) => string {
  const t = useText(common);
  return (userAgent) => {
    const { browser, system, kind } = deviceOf(userAgent);
    if (browser && system) return t('device.on', { browser, system });
    return browser ?? system ?? (kind === 'program' ? t('device.program') : t('device.unknown'));
  };
}

type Props = { readonly userAgent: string; readonly mark?: ReactNode; readonly detail: ReactNode };

/** A device in which somebody is signed in, and one line about it. */
export function DeviceLine({ userAgent, mark, detail }: Props) {
  const Sign = SIGN[deviceOf(userAgent).kind];
  const nameOf = useDeviceName();
  return (
    <Group gap="sm" wrap="nowrap" miw={0}>
      <Sign size={24} stroke={1.5} aria-hidden style={{ flex: 'none' }} />
      <div style={{ minWidth: 0 }}>
        <Group gap={8}>
          <Text size="sm" fw={560}>
            {nameOf(userAgent)}
          </Text>
          {mark}
        </Group>
        <Text size="xs" c="dimmed" component="div">
          {detail}
        </Text>
      </div>
    </Group>
  );
}
