import { readLanguages } from './languages';

const languages = readLanguages();

describe('countsByName', () => {
  it.each([
    // Programming and markup.
    ['a.ts', true],
    ['src/deep/a.py', true],
    ['a.html', true],
    ['style.css', true],
    // Data and prose.
    ['a.json', false],
    ['a.yaml', false],
    ['a.md', false],
    // Whole names.
    ['Makefile', true],
    ['deep/Rakefile', true],
    ['LICENSE', false],
    // A name before an extension, where one is of a language that does not count.
    ['CMakeLists.txt', true],
    ['other.txt', false],
    // Names are told apart by case, extensions are not.
    ['RAKEFILE', undefined],
    ['A.TS', true],
    // The longest extension.
    ['a.kts', true],
    ['a.gradle.kts', false],
    // A folder's dot is none of the file's.
    ['a.js/b', undefined],
    ['a.unheard-of', undefined],
    ['a.unheard-of.js', true],
    ['bin/run', undefined],
  ])('of %s is %s', (path, expected) => {
    expect(languages.countsByName(path)).toBe(expected);
  });

  it('is of what the heuristics fall back to', () => {
    // `.h` may be C, C++ or Objective-C; all count. `.sql` may be some that count,
    // but falls back to SQL, which is data.
    expect(languages.countsByName('a.h')).toBe(true);
    expect(languages.countsByName('a.sql')).toBe(false);
  });
});

describe('countsByContent', () => {
  it.each([
    ['#!/bin/sh\nexit 0\n', true],
    ['#!/usr/bin/env node', true],
    ['#! /usr/bin/env -S ruby -w\n', true],
    ['#!/usr/bin/env LANG=C python3\n', true],
    ['#!/usr/bin/python3.11\r\n', true],
    ['#!/usr/bin/env\n', false],
    ['#!/bin/unheard-of\n', false],
    ['#!', false],
    ['\n#!/bin/sh\n', false],
    ['# sh\n', false],
    ['', false],
  ])('of %j is %s', (text, expected) => {
    expect(languages.countsByContent(text)).toBe(expected);
  });
});
