import * as migration_20261121_153811_first from './20261121_153811_first';

export const migrations = [
  {
    up: migration_20261121_153811_first.up,
    down: migration_20261121_153811_first.down,
    name: '20261121_153811_first'
  },
];
