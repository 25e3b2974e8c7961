package dev.reprise.storage.memory;

import dev.reprise.generation.TaskState;
import dev.reprise.generation.Usage;
import dev.reprise.identity.GenerationId;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.AttemptReport;
import dev.reprise.store.Counters;
import dev.reprise.store.KnownNames;
import dev.reprise.store.OutcomeReceipt;
import dev.reprise.store.Payload;
import dev.reprise.store.ReapReport;
import dev.reprise.store.Reason;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.StoredOutcomes;
import dev.reprise.store.TaskEnd;
import dev.reprise.store.TaskOutcome;
import dev.reprise.store.TaskOutcome.Next;
import dev.reprise.store.TaskRow;
import dev.reprise.store.TaskStatus;
import dev.reprise.store.TaskStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores that do with the work of runners what they should not. */
final class WrongRunners {

    private WrongRunners() {}

    /** One death counts as two. */
    static TaskStore crashCountsTwice(TaskStore right) {
        var more = new HashMap<GenerationId, Integer>();
        var store = new WrongStore(right) {
            @Override
            RunnerSession session(RunnerSession right) {
                return new DelegatingSession(right) {
                    @Override
                    public ReapReport reap() {
                        var report = super.reap();
                        report.resumed().forEach(id -> more.merge(id, 1, Integer::sum));
                        return report;
                    }
                };
            }
        };
        return ShownRows.of(store, row -> counting(row, row.counters(), more.getOrDefault(row.id(), 0)));
    }

    private static TaskRow counting(TaskRow row, Counters is, int moreCrashes) {
        return new TaskRow(
                row.id(),
                row.owner(),
                row.labels(),
                row.placement(),
                row.priority(),
                row.status(),
                new Counters(
                        is.attempts(),
                        is.failures(),
                        is.crashes() + moreCrashes,
                        is.parameterRetries(),
                        is.turnContinuations()),
                row.times());
    }

    /** A deadline ends what a runner has. */
    static TaskStore deadlineEndsWhatIsLeased(TaskStore right) {
        Map<RunnerId, RunnerSession> sessions = new HashMap<>();
        return new WrongStore(right) {
            @Override
            RunnerSession session(RunnerSession right) {
                sessions.put(right.id(), right);
                return new DelegatingSession(right) {
                    @Override
                    public List<TaskEnd> expire() {
                        var ends = new ArrayList<>(super.expire());
                        rows().stream().filter(row -> isOver(row)).forEach(row -> ends.addAll(fail(sessions, row)));
                        return ends;
                    }
                };
            }

            private boolean isOver(TaskRow row) {
                var deadline = row.times().deadlineAt();
                return row.state().isLeased() && deadline != null && !deadline.isAfter(now());
            }
        };
    }

    private static List<TaskEnd> fail(Map<RunnerId, RunnerSession> sessions, TaskRow row) {
        var session = sessions.get(row.status().runner());
        var next = new Next.Finish(TaskState.FAILED, Payload.of(new byte[0]), Reason.DEADLINE.failure());
        return session == null
                ? List.of()
                : session.storeOutcomes(List.of(new TaskOutcome(row.ref(), "deadline", null, next)))
                        .ends();
    }

    /** What a call has spent whose task had moved on is lost. */
    static TaskStore lateUsageIsLost(TaskStore right) {
        return outcomes(right, (store, session, outcome) -> {
            var row = store.row(outcome.ref().id());
            var report = outcome.attempt();
            boolean fits = row != null
                    && row.state().isLeased()
                    && row.ref().equals(outcome.ref())
                    && session.id().equals(row.status().runner());
            return fits || report == null
                    ? outcome
                    : new TaskOutcome(
                            outcome.ref(),
                            outcome.nonce(),
                            new AttemptReport(
                                    report.outcome(), report.counted(), Usage.NONE, report.failure(), report.detail()),
                            outcome.next());
        });
    }

    /** A wait before a retry is counted in whole seconds. */
    static TaskStore retriesWaitWholeSeconds(TaskStore right) {
        return outcomes(
                right,
                (store, session, outcome) -> outcome.next() instanceof Next.Retry retry
                        ? new TaskOutcome(
                                outcome.ref(),
                                outcome.nonce(),
                                outcome.attempt(),
                                new Next.Retry(Duration.ofSeconds(retry.delay().toSeconds()), retry.handover()))
                        : outcome);
    }

    /** How an outcome is stored otherwise than it was told. */
    private interface Changed {
        TaskOutcome of(WrongStore store, RunnerSession session, TaskOutcome outcome);
    }

    private static TaskStore outcomes(TaskStore right, Changed changed) {
        return new WrongStore(right) {
            @Override
            RunnerSession session(RunnerSession right) {
                var store = this;
                return new DelegatingSession(right) {
                    @Override
                    public StoredOutcomes storeOutcomes(List<TaskOutcome> outcomes) {
                        return super.storeOutcomes(outcomes.stream()
                                .map(outcome -> changed.of(store, delegate, outcome))
                                .toList());
                    }
                };
            }
        };
    }

    /** An outcome that is told again after its answer was lost is taken for somebody else's. */
    static TaskStore outcomeToldAgainIsFenced(TaskStore right) {
        return new WrongStore(right) {
            @Override
            RunnerSession session(RunnerSession right) {
                return new DelegatingSession(right) {
                    @Override
                    public StoredOutcomes storeOutcomes(List<TaskOutcome> outcomes) {
                        var stored = super.storeOutcomes(outcomes);
                        UnaryOperator<OutcomeReceipt> wrong =
                                receipt -> receipt == OutcomeReceipt.ALREADY_STORED ? OutcomeReceipt.FENCED : receipt;
                        return new StoredOutcomes(
                                stored.receipts().stream().map(wrong).toList(), stored.ends());
                    }
                };
            }
        };
    }

    /** What was parked keeps waiting for a place in its batch though there is one. */
    static TaskStore unparkingAdmitsNobody(TaskStore right) {
        var waiting = new HashSet<GenerationId>();
        var store = new WrongStore(right) {
            @Override
            RunnerSession session(RunnerSession right) {
                return new DelegatingSession(right) {
                    @Override
                    public int unpark(KnownNames known) {
                        var parked = rows().stream()
                                .filter(row -> row.state() == TaskState.PARKED
                                        && row.placement().batch() != null)
                                .map(TaskRow::id)
                                .collect(Collectors.toSet());
                        int unparked = super.unpark(known);
                        rows().stream()
                                .filter(row -> row.state() == TaskState.READY && parked.contains(row.id()))
                                .forEach(row -> waiting.add(row.id()));
                        return unparked;
                    }
                };
            }
        };
        return ShownRows.of(
                store, row -> row.state() == TaskState.READY && waiting.contains(row.id()) ? held(row) : row);
    }

    private static TaskRow held(TaskRow row) {
        var status = row.status();
        return new TaskRow(
                row.id(),
                row.owner(),
                row.labels(),
                row.placement(),
                row.priority(),
                new TaskStatus(
                        TaskState.HELD, Reason.ADMISSION.plain(), null, status.run(), status.epoch(), status.runner()),
                row.counters(),
                row.times());
    }
}
