import { createExtensionTester } from '@backstage/frontend-test-utils';
import { coreExtensionData } from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { isUnderstandingAvailable, understandingPlugin } from '.';
import { ledgerEntity } from './__testUtils__';
import newPlugin from './alpha';

const KINDS = [
  ['Component', true],
  ['API', true],
  ['Resource', true],
  ['System', true],
  ['Group', false],
  ['User', false],
  ['Location', false],
] as const;

function entityOf(kind: string) {
  return { ...ledgerEntity(), kind };
}

describe('plugin of the classic front-end system', () => {
  it('has routes for its page and the entity tab', () => {
    expect(understandingPlugin.getId()).toBe('understanding');
    expect(Object.keys(understandingPlugin.routes)).toEqual([
      'root',
      'ingest',
      'aboutMe',
      'departure',
      'identities',
      'entityContent',
      'failureModes',
      'explanations',
      'explanation',
      'explain',
      'myExplanations',
      'explanationDebts',
      'structure',
    ]);
  });

  it.each(KINDS)('has something to say about a %s: %p', (kind, expected) => {
    expect(isUnderstandingAvailable(entityOf(kind))).toBe(expected);
  });
});

describe('plugin of the new front-end system', () => {
  it('has the same routes', () => {
    expect(newPlugin.pluginId).toBe('understanding');
    expect(newPlugin.routes).toEqual(understandingPlugin.routes);
  });

  it('mounts its page and its tab at /understanding', () => {
    const page = createExtensionTester(
      newPlugin.getExtension('page:understanding'),
    );
    expect(page.get(coreExtensionData.routePath)).toBe('/understanding');
    expect(page.get(coreExtensionData.title)).toBe('Understanding');
    const tab = createExtensionTester(
      newPlugin.getExtension('entity-content:understanding'),
    );
    expect(tab.get(coreExtensionData.routePath)).toBe('understanding');
    expect(tab.get(EntityContentBlueprint.dataRefs.title)).toBe(
      'Understanding',
    );
    expect(tab.get(EntityContentBlueprint.dataRefs.group)).toBe('operation');
  });

  it('mounts the tab of failure modes beside it', () => {
    const tab = createExtensionTester(
      newPlugin.getExtension('entity-content:understanding/failure-modes'),
    );
    expect(tab.get(coreExtensionData.routePath)).toBe('failure-modes');
    expect(tab.get(EntityContentBlueprint.dataRefs.title)).toBe(
      'Failure modes',
    );
  });

  it('mounts the tab of explanations beside them', () => {
    const tab = createExtensionTester(
      newPlugin.getExtension('entity-content:understanding/explanations'),
    );
    expect(tab.get(coreExtensionData.routePath)).toBe('explanations');
    expect(tab.get(EntityContentBlueprint.dataRefs.title)).toBe('Explanations');
  });

  it.each(KINDS)('shows the card for a %s: %p', (kind, expected) => {
    const card = createExtensionTester(
      newPlugin.getExtension('entity-card:understanding'),
    ).get(EntityCardBlueprint.dataRefs.filterFunction);
    expect(card?.(entityOf(kind))).toBe(expected);
  });

  it.each(
    KINDS.map(
      ([kind, expected]) => [kind, expected || kind === 'Group'] as const,
    ),
  )('shows the tab for a %s: %p', (kind, expected) => {
    const tab = createExtensionTester(
      newPlugin.getExtension('entity-content:understanding'),
    ).get(EntityContentBlueprint.dataRefs.filterFunction);
    expect(tab?.(entityOf(kind))).toBe(expected);
  });
});
