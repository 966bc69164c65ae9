import type { BodyKind } from '@concert/domain/governance/api.ts';
import { type Icon, IconBuildingBank, IconGavel, IconSitemap, IconTools, IconUsersGroup } from '@tabler/icons-react';
import styles from './kind-sign.module.css';

const SIGN: Readonly<Record<BodyKind, Icon>> = {
  plenary: IconBuildingBank,
  board: IconSitemap,
  committee: IconUsersGroup,
  jury: IconGavel,
  'working-group': IconTools,
};

/** The sign of a kind of body; its name stands beside it. */
export function KindSign({ kind, size = 34 }: { kind: BodyKind; size?: number }) {
  const Sign = SIGN[kind];
  return (
    <span className={styles.sign} style={{ width: size, height: size }}>
      <Sign size={Math.round(size * 0.54)} stroke={1.6} aria-hidden />
    </span>
  );
}
