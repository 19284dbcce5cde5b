import { Select } from '@backstage/ui';

/** Chosen in place of a value: all of them. */
export const ALL = 'all';

/** Chooses one of some values, or all of them. */
export function FilterSelect(props: {
  label: string;
  /** Absent where it is all of them. */
  value: string | undefined;
  /** What all of them are called. */
  all: string;
  options: ReadonlyArray<{ id: string; label: string }>;
  onChange: (chosen: string) => void;
}) {
  const { label, value = ALL, all, options, onChange } = props;
  return (
    <Select
      label={label}
      value={value}
      onChange={key => onChange(String(key))}
      options={[{ id: ALL, label: all }, ...options]}
    />
  );
}
