import { Badge } from '@backstage/ui';
import {
  RiArrowGoBackLine,
  RiCheckLine,
  RiFileForbidLine,
  RiHistoryLine,
  RiHourglassLine,
} from '@remixicon/react';
import { ExplanationState } from '@understanding-dev/backstage-plugin-understanding-common';

/**
 * What the states of an explanation are called.
 * @public
 */
export const explanationStateNames: Readonly<Record<ExplanationState, string>> =
  {
    missing: 'Not explained',
    submitted: 'Waits for a reviewer',
    accepted: 'Accepted',
    returned: 'Returned',
    stale: 'Explains an older system',
  };

const ICONS: Record<ExplanationState, JSX.Element> = {
  missing: <RiFileForbidLine aria-hidden />,
  submitted: <RiHourglassLine aria-hidden />,
  accepted: <RiCheckLine aria-hidden />,
  returned: <RiArrowGoBackLine aria-hidden />,
  stale: <RiHistoryLine aria-hidden />,
};

/**
 * The state of an explanation, in words and with an icon.
 * @public
 */
export function ExplanationStateLabel(props: { state: ExplanationState }) {
  const { state } = props;
  return <Badge icon={ICONS[state]}>{explanationStateNames[state]}</Badge>;
}
