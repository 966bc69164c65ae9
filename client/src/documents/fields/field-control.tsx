import type { Field } from '@concert/domain/fields/types.ts';
import type { FieldMap } from '../../platform/editor/fields-binding.ts';
import { CodesControl } from './code-controls.tsx';
import { DateControl } from './date-control.tsx';
import { FieldFrame } from './frame.tsx';
import { MoneyControl, MoneyRangeControl, QuantityControl } from './money-controls.tsx';
import { OrganisationControl } from './organisation-control.tsx';
import { DocumentsControl, PersonControl, RowRefsControl } from './ref-controls.tsx';
import { RowsControl } from './rows-control.tsx';
import {
  BooleanControl,
  ChoiceControl,
  DecimalControl,
  IntegerControl,
  LongTextControl,
  TextControl,
  UrlControl,
} from './scalar-controls.tsx';

type Props = { readonly field: Field; readonly map: FieldMap; readonly path: string };

/** The control of a field, by its type. `path` names the value as the validation does: `outcomes.{row}.target`. */
export function FieldControl({ field, map, path }: Props) {
  const control = controlOf({ field, map, path });
  // The rows themselves say who is in which of their cells.
  return field.type === 'rows' ? (
    <div data-field={path}>{control}</div>
  ) : (
    <FieldFrame path={path}>{control}</FieldFrame>
  );
}

function controlOf({ field, map, path }: Props) {
  switch (field.type) {
    case 'text':
      return <TextControl field={field} map={map} path={path} />;
    case 'long-text':
      return <LongTextControl field={field} map={map} path={path} />;
    case 'choice':
      return <ChoiceControl field={field} map={map} path={path} />;
    case 'boolean':
      return <BooleanControl field={field} map={map} path={path} />;
    case 'integer':
      return <IntegerControl field={field} map={map} path={path} />;
    case 'decimal':
      return <DecimalControl field={field} map={map} path={path} />;
    case 'date':
      return <DateControl field={field} map={map} path={path} />;
    case 'money':
      return <MoneyControl field={field} map={map} path={path} />;
    case 'money-range':
      return <MoneyRangeControl field={field} map={map} path={path} />;
    case 'quantity':
      return <QuantityControl field={field} map={map} path={path} />;
    case 'codes':
      return <CodesControl field={field} map={map} path={path} />;
    case 'organisation':
      return <OrganisationControl field={field} map={map} path={path} />;
    case 'person':
      return <PersonControl field={field} map={map} path={path} />;
    case 'url':
      return <UrlControl field={field} map={map} path={path} />;
    case 'documents':
      return <DocumentsControl field={field} map={map} path={path} />;
    case 'row-refs':
      return <RowRefsControl field={field} map={map} path={path} />;
    case 'rows':
      return <RowsControl field={field} map={map} path={path} />;
  }
}
