/** What makes rows of tasks, and their words. */
export { taskForest, taskMoment } from '../core/task-tree';
export { stateIcon, taskLabel, taskTooltip } from './task-words';
