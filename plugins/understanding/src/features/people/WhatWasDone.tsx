import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { HandEvidence } from '@understanding-dev/backstage-plugin-understanding-common';
import { Instant } from '@understanding-dev/backstage-plugin-understanding-react';

/** What evidence by hand says: what somebody did with which entity, and when. */
export function WhatWasDone(props: { evidence: HandEvidence }) {
  const { kind, entityRef, at } = props.evidence;
  return (
    <>
      {kind} <EntityRefLink entityRef={entityRef} hideIcon /> on{' '}
      <Instant at={at} />
    </>
  );
}
