import * as migration_20261121_153853_first from './20261121_153853_first';

export const migrations = [
  {
    up: migration_20261121_153853_first.up,
    down: migration_20261121_153853_first.down,
    name: '20261121_153853_first'
  },
];
