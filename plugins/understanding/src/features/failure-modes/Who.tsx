import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** Who said something, where the reader may see that. */
export function Who(props: { by?: string }) {
  const { by } = props;
  if (!by) {
    return null;
  }
  return by.startsWith('user:') ? (
    <EntityRefLink entityRef={by} hideIcon />
  ) : (
    <code>{by}</code>
  );
}
