package dev.reprise.engine;

import dev.reprise.failure.StoreException;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.Beat;
import dev.reprise.store.ClaimedTask;
import dev.reprise.store.KnownNames;
import dev.reprise.store.Promotion;
import dev.reprise.store.ReapReport;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.RunnerSpec;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.Submission;
import dev.reprise.store.Submitted;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskRef;
import dev.reprise.store.TaskStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A connection to a shared store that can be cut and mended, as a network does it: while it is cut every call fails, in
 * a way that may pass. A process whose connection stays cut is dead to all others.
 */
final class CutOffStore {

    private final TaskStore shared;
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean cut;
    private final Map<String, Runnable> before = new ConcurrentHashMap<>();
    private final Map<String, Runnable> after = new ConcurrentHashMap<>();

    CutOffStore(TaskStore shared) {
        this.shared = shared;
    }

    /** From now on nothing gets through. */
    void cut() {
        cut = true;
    }

    /** How often the dead were looked for. */
    int looks() {
        return looks.get();
    }

    /** From now on one kind of call fails without taking effect. */
    void refuse(String call) {
        before(call, CutOffStore::fail);
    }

    /** From now on one kind of call takes effect and its answer is lost. */
    void loseAnswersOf(String call) {
        after(call, CutOffStore::fail);
    }

    /** From now on something happens before each call of one kind takes effect. */
    void before(String call, Runnable action) {
        before.put(call, action);
    }

    /** From now on something happens between each call of one kind and its answer. */
    void after(String call, Runnable action) {
        after.put(call, action);
    }

    /** Everything gets through again, and nothing else happens. */
    void mend() {
        cut = false;
        before.clear();
        after.clear();
    }

    /** The store as seen through this connection. */
    TaskStore store() {
        return (TaskStore) Proxy.newProxyInstance(
                TaskStore.class.getClassLoader(), new Class<?>[] {TaskStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("open")) {
                        return through(
                                "open",
                                () -> new Session(shared.open((RunnerSpec) arguments[0], (Runnable) arguments[1])));
                    }
                    return through(method.getName(), () -> {
                        try {
                            return method.invoke(shared, arguments);
                        } catch (InvocationTargetException e) {
                            throw (RuntimeException) e.getCause();
                        } catch (IllegalAccessException e) {
                            throw new IllegalStateException(e);
                        }
                    });
                });
    }

    private <T> T through(String name, Supplier<T> call) {
        if (cut) {
            fail();
        }
        before.getOrDefault(name, () -> {}).run();
        var answer = call.get();
        after.getOrDefault(name, () -> {}).run();
        return answer;
    }

    private static void fail() {
        throw StoreException.passing("no connection", new IOException("cut"));
    }

    private final class Session implements RunnerSession {
        private final RunnerSession session;

        private Session(RunnerSession session) {
            this.session = session;
        }

        @Override
        public RunnerId id() {
            return session.id();
        }

        @Override
        public Beat beat() {
            return through("beat", session::beat);
        }

        @Override
        public Duration reapInterval() {
            return session.reapInterval();
        }

        @Override
        public ReapReport reap() {
            looks.incrementAndGet();
            return through("reap", session::reap);
        }

        @Override
        public List<TaskEnd> expire() {
            return through("expire", session::expire);
        }

        @Override
        public Promotion promote() {
            return through("promote", session::promote);
        }

        @Override
        public List<ClaimedTask> claim(int limit) {
            return through("claim", () -> session.claim(limit));
        }

        @Override
        public Submitted submit(Submission submission, int claim) {
            return through("submit", () -> session.submit(submission, claim));
        }

        @Override
        public StoredOutcomes storeOutcomes(List<TaskOutcome> outcomes) {
            return through("storeOutcomes", () -> session.storeOutcomes(outcomes));
        }

        @Override
        public void handBack(Collection<TaskRef> tasks) {
            through("handBack", () -> {
                session.handBack(tasks);
                return true;
            });
        }

        @Override
        public int unpark(KnownNames known) {
            return through("unpark", () -> session.unpark(known));
        }

        @Override
        public void close() {
            through("close", () -> {
                session.close();
                return true;
            });
        }
    }
}
