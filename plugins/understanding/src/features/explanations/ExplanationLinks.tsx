import { useRouteRef } from '@backstage/core-plugin-api';
import { Link } from '@backstage/ui';
import {
  explainRouteRef,
  explanationDebtsRouteRef,
  myExplanationsRouteRef,
} from '../../routes';
import { WrappingRow } from '../entities/WrappingRow';

/** Leads to what is explained across entities. */
export function ExplanationLinks() {
  const minePath = useRouteRef(myExplanationsRouteRef)();
  const debtsPath = useRouteRef(explanationDebtsRouteRef)();
  const explainPath = useRouteRef(explainRouteRef)();
  return (
    <WrappingRow>
      <Link href={minePath}>My changes and reviews waiting</Link>
      <Link href={debtsPath}>Explanations owed</Link>
      <Link href={explainPath}>Explain something</Link>
    </WrappingRow>
  );
}
