/** Loaded on first use: rows of tasks, and their words. */
export { taskForest, taskMoment } from '../../core/describe/task-tree';
export { stateIcon, taskLabel, taskTooltip } from './task-words';
