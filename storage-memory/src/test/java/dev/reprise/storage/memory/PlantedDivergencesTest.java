package dev.reprise.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.store.TaskStore;
import dev.reprise.testkit.store.StoreInProcess;
import dev.reprise.testkit.store.StoreUnderTest;
import dev.reprise.testkit.store.walk.DifferentialWalk;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The walk finds what is wrong with a store, and says it in a program that a person can read. */
class PlantedDivergencesTest {

    private static final int STEPS = 10_000;
    private static final int LONGEST_PROGRAM = 15;

    /** Stores that are wrong in one way each. */
    enum Planted {
        CLAIMS_IGNORE_PRIORITY(WrongSubmissions::claimsIgnorePriority),
        DEPENDENCY_LOSES_DELAY(WrongSubmissions::dependencyLosesDelay),
        DELETED_TASK_KEEPS_ITS_KEY(WrongSubmissions::deletedTaskKeepsItsKey),
        CRASH_COUNTS_TWICE(WrongRunners::crashCountsTwice),
        DEADLINE_ENDS_WHAT_IS_LEASED(WrongRunners::deadlineEndsWhatIsLeased),
        LATE_USAGE_IS_LOST(WrongRunners::lateUsageIsLost),
        RETRIES_WAIT_WHOLE_SECONDS(WrongRunners::retriesWaitWholeSeconds),
        OUTCOME_TOLD_AGAIN_IS_FENCED(WrongRunners::outcomeToldAgainIsFenced),
        UNPARKING_ADMITS_NOBODY(WrongRunners::unparkingAdmitsNobody),
        FULL_PAGE_HAS_ANOTHER(WrongReads::fullPageHasAnother),
        FEED_HIDES_HEADLESS_BATCH(WrongReads::feedHidesHeadlessBatch),
        DELETION_KEEPS_BATCH_OPEN(WrongReads::deletionKeepsBatchOpen),
        STOPPING_SPARES_WHAT_WAS_TRIED(WrongReads::stoppingSparesWhatWasTried),
        PURGE_TAKES_PARENTS(WrongReads::purgeTakesParents),
        CANCEL_IGNORES_OWNERS(WrongReads::cancelIgnoresOwners),
        CHAIN_CROSSES_CONTINUATIONS(WrongReads::chainCrossesContinuations);

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final UnaryOperator<TaskStore> around;

        Planted(UnaryOperator<TaskStore> around) {
            this.around = around;
        }

        private StoreUnderTest create() {
            return new StoreInProcess(clock -> around.apply(InMemoryTaskStore.create(clock)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isFoundAndToldInAFewOperations(Planted planted) {
        var walk = new DifferentialWalk(() -> new StoreInProcess(InMemoryTaskStore::create), planted::create);

        var found = walk.walk(1, STEPS).orElseThrow(() -> new AssertionError("not found in " + STEPS + " steps"));

        assertThat(found.step()).isLessThanOrEqualTo(STEPS);
        assertThat(found.program()).as(found.text()).hasSizeBetween(1, LONGEST_PROGRAM);
    }
}
