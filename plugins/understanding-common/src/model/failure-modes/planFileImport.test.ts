import fc from 'fast-check';
import { failureModeContent } from '../__testUtils__/builders';
import { FailureModeFile } from '../../schemas';
import { ImportedMode, planFileImport } from './planFileImport';

const LEDGER = 'component:default/ledger';

function entry(
  id: string,
  title: string,
): FailureModeFile['failureModes'][number] {
  const { entityRef: _, ...content } = failureModeContent({ title });
  return { id, ...content };
}

const file = (...modes: FailureModeFile['failureModes']): FailureModeFile => ({
  version: 1,
  failureModes: modes,
});

/** What is stored after a plan was applied. */
function apply(
  present: readonly ImportedMode[],
  plan: ReturnType<typeof planFileImport>,
): ImportedMode[] {
  return [
    ...present.map(one => {
      const update = plan.update.find(({ id }) => id === one.id);
      const removed = plan.remove.some(({ id }) => id === one.id);
      return update
        ? { ...one, content: update.content, removed: false }
        : { ...one, removed: one.removed || removed };
    }),
    ...plan.create.map(({ fileKey, content }) => ({
      id: `id of ${fileKey}`,
      fileKey,
      content,
      removed: false,
    })),
  ];
}

describe('planFileImport', () => {
  it('creates, changes, removes, and finds again', () => {
    const first = planFileImport(
      LEDGER,
      file(entry('down', 'A'), entry('slow', 'B')),
      [],
    );
    expect(first.create.map(one => one.fileKey)).toEqual(['down', 'slow']);
    const stored = apply([], first);

    const second = planFileImport(LEDGER, file(entry('down', 'A2')), stored);
    expect(second).toMatchObject({
      create: [],
      update: [{ id: 'id of down', content: { title: 'A2' } }],
      remove: [{ id: 'id of slow' }],
    });

    const third = planFileImport(
      LEDGER,
      file(entry('slow', 'B')),
      apply(stored, second),
    );
    expect(third).toMatchObject({
      create: [],
      update: [{ id: 'id of slow' }],
      remove: [{ id: 'id of down' }],
    });
  });

  it('removes all when there is no file any more', () => {
    const stored = apply(
      [],
      planFileImport(LEDGER, file(entry('down', 'A')), []),
    );
    expect(planFileImport(LEDGER, undefined, stored).remove).toEqual([
      { id: 'id of down' },
    ]);
  });

  it('has nothing left to do once it was applied', () => {
    const files = fc
      .uniqueArray(
        fc.record({
          id: fc.constantFrom('a', 'b', 'c', 'd'),
          title: fc.constantFrom('one', 'two'),
        }),
        { selector: one => one.id },
      )
      .map(all => file(...all.map(({ id, title }) => entry(id, title))));
    fc.assert(
      fc.property(fc.array(files, { minLength: 1 }), all => {
        let stored: ImportedMode[] = [];
        for (const one of all) {
          stored = apply(stored, planFileImport(LEDGER, one, stored));
          expect(planFileImport(LEDGER, one, stored)).toEqual({
            create: [],
            update: [],
            remove: [],
          });
          expect(
            stored
              .filter(mode => !mode.removed)
              .map(mode => `${mode.fileKey} ${mode.content.title}`)
              .sort(),
          ).toEqual(
            one.failureModes.map(mode => `${mode.id} ${mode.title}`).sort(),
          );
        }
      }),
    );
  });
});
