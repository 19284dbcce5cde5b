import { applyMailmap, unusableMailmapLines } from './mailmap';

const MAILMAP = `# People
Ada Lovelace <ada@work.example> <ada@home.example>
<bob@work.example> Bobby <bob@home.example>
this line says nothing
<ann@work.example> <ANN@Home.example>
`;

describe('applyMailmap', () => {
  it('writes people as git does', async () => {
    const contacts = [
      { name: 'ada', email: 'Ada@home.example' },
      { name: 'Bobby', email: 'bob@home.example' },
      { name: 'Robert', email: 'bob@home.example' },
      { name: 'Ann', email: 'ann@home.example' },
      { name: 'Cem', email: 'cem@home.example' },
      { name: 'No address', email: '' },
      { name: 'Odd <name>', email: 'ada@home.example' },
    ];
    await expect(applyMailmap(MAILMAP, contacts)).resolves.toEqual([
      { name: 'Ada Lovelace', email: 'ada@work.example' },
      { name: 'Bobby', email: 'bob@work.example' },
      ...contacts.slice(2, 3),
      { name: 'Ann', email: 'ann@work.example' },
      ...contacts.slice(4),
    ]);
  });

  it.each(['', '\0', '<', 'x'.repeat(100_000)])(
    'makes nothing of what is no mailmap',
    async text => {
      const contacts = [{ name: 'Ada', email: 'ada@home.example' }];
      await expect(applyMailmap(text, contacts)).resolves.toEqual(contacts);
    },
  );
});

describe('unusableMailmapLines', () => {
  it('tells the lines by which git writes nobody otherwise', async () => {
    expect(unusableMailmapLines(MAILMAP)).toEqual([4]);
    const home = { name: 'Ada', email: 'ada@home.example' };
    for (const line of [
      'Ada L. <ada@home.example>',
      ' <ada@work.example> <ada@home.example> # both',
      'ada@home.example',
      '<> Ada L. <ada@home.example>',
      'Ada L. <ada@home.example',
      'Ada L. ada@home.example>',
      '# Ada L. <ada@home.example>',
      ' ',
    ]) {
      const [written] = await applyMailmap(line, [home]);
      const isComment = line.startsWith('#') || line.trim() === '';
      expect([line, unusableMailmapLines(line).length > 0]).toEqual([
        line,
        !isComment &&
          written.name === home.name &&
          written.email === home.email,
      ]);
    }
  });
});
