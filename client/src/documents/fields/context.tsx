import { isCpv, isRis3, isTerritory, loadCpv } from '@concert/domain/codes/codes.ts';
import { type Invalid, type Parsed, parseFields } from '@concert/domain/fields/parse.ts';
import { INVALID_REASONS } from '@concert/domain/fields/reasons.ts';
import type { CodeChecks } from '@concert/domain/fields/schema.ts';
import type { Field, Kind } from '@concert/domain/fields/types.ts';
import { fieldsOfKind } from '@concert/domain/kinds.ts';
import { readFields } from '@concert/editor/fields-doc.ts';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { useDeepRevision } from '../../platform/editor/fields-binding.ts';
import { type PeerPerson, usePeers } from '../../platform/editor/peers.ts';
import type { Room } from '../../platform/editor/room.ts';
import { useLocale } from '../../platform/i18n.ts';

type FieldsContextValue = {
  readonly room: Room;
  readonly kind: Kind;
  readonly workspaceId: string;
  readonly editable: boolean;
  readonly parsed: Parsed;
  readonly peersByField: ReadonlyMap<string, readonly PeerPerson[]>;
};

const FieldsContext = createContext<FieldsContextValue | undefined>(undefined);

export function useFields(): FieldsContextValue {
  const value = use(FieldsContext);
  if (!value) throw new Error('useFields is called outside of FieldsProvider');
  return value;
}

type ProviderProps = Omit<FieldsContextValue, 'parsed' | 'peersByField'> & { readonly children: ReactNode };

/** What every field control needs: the shared values, what is wrong with them, and who else is in which. */
export function FieldsProvider({ room, kind, workspaceId, editable, children }: ProviderProps) {
  const parsed = useParsed(room, kind);
  const peers = usePeers(room.awareness);
  const peersByField = useMemo(() => {
    const byField = new Map<string, PeerPerson[]>();
    for (const { field, person } of peers) {
      if (field) byField.set(field, [...(byField.get(field) ?? []), person]);
    }
    return byField;
  }, [peers]);
  const value = useMemo(
    () => ({ room, kind, workspaceId, editable, parsed, peersByField }),
    [room, kind, workspaceId, editable, parsed, peersByField],
  );
  return <FieldsContext value={value}>{children}</FieldsContext>;
}

const eightDigits = (code: string): boolean => /^\d{8}$/.test(code);

/** The checks of the server; until the procurement vocabulary has arrived, its codes are checked by their form. */
function useCodeChecks(needed: boolean): CodeChecks {
  const [cpv, setCpv] = useState<(code: string) => boolean>(() => eightDigits);
  useEffect(() => {
    if (!needed) return;
    let gone = false;
    // Without a network the form check stands, and the server's own check comes with the projection.
    loadCpv().then(
      (index) => !gone && setCpv(() => (code: string) => isCpv(index, code)),
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, [needed]);
  return useMemo(() => ({ cpv, territories: isTerritory, ris3: isRis3 }), [cpv]);
}

/** The values of the fields as the server would read them, and what is wrong with the others. */
function useParsed(room: Room, kind: Kind): Parsed {
  const revision = useDeepRevision(room.fields);
  const layout = useMemo(() => fieldsOfKind(kind), [kind]);
  const hasCpv = layout.some((field) => field.type === 'codes' && field.list === 'cpv' && room.fields.has(field.id));
  const codes = useCodeChecks(hasCpv);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision stands for what the map holds
  return useMemo(
    () => parseFields(kind, readFields(room.fields, layout), codes),
    [room, kind, layout, codes, revision],
  );
}

/** The reason why the value at a path does not fit, in words; undefined when it fits. */
export function useInvalid(field: Field, path: string): string | undefined {
  const { parsed } = useFields();
  const locale = useLocale();
  const found = parsed.invalid.find((invalid) => concerns(invalid, field, path));
  return found ? INVALID_REASONS[found.reason][locale] : undefined;
}

// The cells of a row have a place of their own to say what is wrong with them.
const concerns = (invalid: Invalid, field: Field, path: string): boolean =>
  invalid.path === path || (field.type !== 'rows' && invalid.path.startsWith(`${path}.`));
