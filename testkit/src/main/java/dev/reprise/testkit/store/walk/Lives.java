package dev.reprise.testkit.store.walk;

import dev.reprise.store.ReapReport;
import java.time.Duration;
import java.util.List;

/** How runners come and go, and time passes. */
interface Lives extends Operation {

    /** Opens a runner, if there is none. */
    record Open(int slot) implements Lives {
        @Override
        public Object on(Side side) {
            return side.runner(Who.at(slot)) == null ? Answers.NOT_ASKED : Answers.DONE;
        }
    }

    /** A runner's process stands still until its lease is over; it may go on then, and come too late. */
    record Freeze(int slot) implements Lives {

        private static final Duration LONG_ENOUGH = Side.LEASE.multipliedBy(7).dividedBy(3);

        @Override
        public Object on(Side side) {
            side.leaveBehind(slot);
            return side.pass(LONG_ENOUGH);
        }
    }

    /** A runner ends in order. */
    record Leave(int slot) implements Lives {
        @Override
        public Object on(Side side) {
            var runner = side.runner(Who.at(slot));
            if (runner == null) {
                return Answers.NOT_ASKED;
            }
            runner.session().close();
            side.leaveBehind(slot);
            return Answers.DONE;
        }
    }

    /** Looks after the dead, if it has been there for long enough to tell. */
    record Reap(int slot) implements Lives {
        @Override
        public Object on(Side side) {
            var who = Who.at(slot);
            var runner = side.runner(who);
            if (runner == null || !side.isSteady(who)) {
                return Answers.NOT_ASKED;
            }
            var report = runner.session().reap();
            return List.of(
                    report.dead().stream().map(side::alias).sorted().toList(),
                    new ReapReport(List.of(), Answers.ids(report.resumed()), Answers.ends(report.ends())));
        }
    }

    /** Lets time pass. */
    record Pass(Duration time) implements Lives {
        @Override
        public Object on(Side side) {
            return side.pass(time);
        }
    }

    /** Ends the second process in order; it starts again when a runner of it is needed. */
    record EndSecond() implements Lives {
        @Override
        public Object on(Side side) {
            side.endSecond();
            return Answers.DONE;
        }
    }
}
