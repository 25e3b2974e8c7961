package dev.reprise.testkit.store.walk;

import dev.reprise.identity.GenerationId;
import dev.reprise.store.KnownNames;
import dev.reprise.store.RunnerSession;
import java.util.List;
import java.util.function.Function;

/** What runners do with tasks, outcomes aside. */
interface Claiming extends Operation {

    /** Whose it is. */
    Who who();

    /** Does it with the runner's session. */
    Object with(Side side, RunnerSession session);

    @Override
    default Object on(Side side) {
        var runner = side.runner(who());
        return runner == null ? Answers.NOT_ASKED : with(side, runner.session());
    }

    /** Claims what is next. */
    record Claim(Who who, int limit) implements Claiming {
        @Override
        public Object with(Side side, RunnerSession session) {
            return session.claim(limit);
        }
    }

    /** A claim of a task: its latest, or so many before it. */
    record Past(GenerationId task, int back) {}

    /** Hands claims back. */
    record HandBack(Who who, List<Past> claims) implements Claiming {
        @Override
        public Object with(Side side, RunnerSession session) {
            session.handBack(claims.stream()
                    .map(claim -> side.notes().claim(claim.task, claim.back))
                    .toList());
            return Answers.DONE;
        }

        @Override
        public List<Operation> simpler() {
            return Fewer.of(claims, some -> new HandBack(who, some));
        }
    }

    /** Takes parked tasks up. */
    record Unpark(Who who, KnownNames known) implements Claiming {
        @Override
        public Object with(Side side, RunnerSession session) {
            return session.unpark(known);
        }
    }

    /** What needs nothing but a runner. */
    enum Look {
        /** Renews the lease. */
        BEAT(RunnerSession::beat),
        /** Makes ready what is due. */
        PROMOTE(RunnerSession::promote),
        /** Ends what is beyond its deadline. */
        EXPIRE(session -> Answers.ends(session.expire())),
        /** Asks how often to look after the dead, which is for each store to say. */
        REAP_INTERVAL(session -> session.reapInterval().isNegative()),
        /** Asks what is wrong, which is for each store to say. */
        PROBLEMS(session -> session.problems().contains("")),
        /** Asks who it is. */
        ID(RunnerSession::id);

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final Function<RunnerSession, Object> call;

        Look(Function<RunnerSession, Object> call) {
            this.call = call;
        }
    }

    /** Does one of these. */
    record Looks(Who who, Look look) implements Claiming {
        @Override
        public Object with(Side side, RunnerSession session) {
            return look.call.apply(session);
        }
    }
}
