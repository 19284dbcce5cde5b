import { failureModeContentSchema } from '../../schemas';
import { failureModeTemplates } from './templates';

describe.each([...failureModeTemplates])('the template $id', template => {
  it('asks, and cannot be saved as if it answered', () => {
    for (const question of Object.values(template.questions)) {
      expect(question.trim()).toMatch(/\?|Multiply\.$/);
    }
    const { title, condition, plane } = template;
    expect(
      failureModeContentSchema.safeParse({
        entityRef: 'component:default/ledger',
        title,
        condition,
        plane,
      }).success,
    ).toBe(false);
  });
});

it('templates have names of their own', () => {
  const ids = failureModeTemplates.map(one => one.id);
  expect(new Set(ids).size).toBe(ids.length);
});
