package dev.reprise.testkit.store.walk;

import dev.reprise.identity.BatchId;
import dev.reprise.identity.GenerationId;
import dev.reprise.store.Scope;

/** What many operations need: somebody, some task, some batch, in some scope. */
final class Drawn {

    private Drawn() {}

    /** Mostly one that is there. */
    static Who anybody(Dice dice) {
        return new Who(dice.below(Side.SLOTS), dice.hits(90) ? 0 : 1 + dice.below(2));
    }

    /** Mostly everybody's. */
    static Scope scope(Dice dice) {
        return dice.hits(60) ? Scope.ALL : Scope.of(dice.of(Names.OWNERS));
    }

    /** Mostly one that there is. */
    static GenerationId task(Dice dice, View view) {
        var rows = view.rows();
        return rows.isEmpty() || dice.hits(5)
                ? dice.of(Names.TASKS)
                : dice.of(rows).id();
    }

    /** Mostly one that there is, or a task by itself. */
    static BatchId batch(Dice dice, View view) {
        var feed = view.seen().feed();
        return feed.isEmpty() || dice.hits(5)
                ? dice.of(Names.BATCHES)
                : dice.of(feed).id();
    }
}
