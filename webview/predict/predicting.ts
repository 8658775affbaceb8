import { questionsOf } from '../../src/core/predict/questions';
import type { Actions } from '../interact/actions';
import { isLive, type State, type Store } from '../state/store';

/** With more tasks than this, predicting is too hard. */
const MOST_TASKS = 100;

/** Whether the run may have something to predict. Cheap: called in every frame. */
export function canPredict(state: State): boolean {
  const { lanes } = state;
  if (!lanes || isLive(state) || lanes.timeline.loops.length !== 1) return false;
  const { tasks } = lanes.timeline;
  return tasks.length > lanes.library.size && tasks.length <= MOST_TASKS;
}

/** Starts and ends predicting, and takes answers. The right answer is what the run did. */
export class Predicting {
  constructor(
    private readonly store: Store,
    private readonly actions: Actions,
  ) {}

  /** A page with `#predict` in its address begins with the questions, so that a lesson can link to them. */
  startIfAsked(): void {
    if (location.hash === '#predict') this.start();
  }

  toggle(): void {
    if (this.store.state.predict) this.stop();
    else this.start();
  }

  start(): void {
    const { state } = this.store;
    if (!canPredict(state)) return;
    const questions = questionsOf(state.lanes!);
    // Only the steps axis separates events of one moment; a selection would give the answer away.
    this.actions.select(undefined);
    const { axis } = state;
    this.actions.showAxis('steps');
    this.store.set({
      predict: { of: state.lanes!, questions, at: 0, chosen: undefined, right: 0, axis },
      hover: undefined,
    });
    if (questions.length > 0) this.actions.moveTo(questions[0].turn);
  }

  /** @param choice index into the choices of the question; the first answer counts */
  choose(choice: number): void {
    const { predict } = this.store.state;
    const question = predict?.questions[predict.at];
    if (!predict || !question || predict.chosen !== undefined || choice >= question.choices.length) return;
    const right = predict.right + (choice === question.right ? 1 : 0);
    this.store.set({ predict: { ...predict, chosen: choice, right } });
    this.actions.moveTo(question.until);
  }

  next(): void {
    const { predict } = this.store.state;
    if (!predict || predict.chosen === undefined) return;
    const at = predict.at + 1;
    this.store.set({ predict: { ...predict, at, chosen: undefined } });
    const question = predict.questions[at];
    if (question) this.actions.moveTo(question.turn);
  }

  stop(): void {
    const { predict } = this.store.state;
    if (!predict) return;
    this.store.set({ predict: undefined });
    this.actions.showAxis(predict.axis);
  }
}
