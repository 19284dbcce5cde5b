import { Correction, EvidenceKind, PersonStatus } from '../../schemas';

/**
 * One kind of evidence of one identity for one entity, as the ledger keeps it.
 * @public
 */
export interface EvidenceRecord {
  readonly kind: EvidenceKind;
  readonly latestAt: string;
  readonly count: number;
  readonly url?: string;
  readonly verified: boolean;
  /** An accepted walkthrough. */
  readonly walkthrough?: boolean;
}

/**
 * A person, or a name that no person of the catalog claims, with evidence.
 * @public
 */
export interface PersonRecord {
  readonly personRef?: string;
  readonly displayName: string;
  readonly status: PersonStatus;
  readonly evidence: readonly EvidenceRecord[];
  /** What they say themselves of their understanding, the latest. */
  readonly correction?: Correction;
}
