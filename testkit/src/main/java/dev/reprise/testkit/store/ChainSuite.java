package dev.reprise.testkit.store;

import static dev.reprise.testkit.store.Draft.alone;
import static dev.reprise.testkit.store.Draft.id;
import static dev.reprise.testkit.store.Draft.task;
import static dev.reprise.testkit.store.Outcomes.succeeded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.generation.GenerationKind;
import dev.reprise.identity.Owner;
import dev.reprise.store.Scope;
import dev.reprise.store.StoredChain;
import dev.reprise.store.Submitted;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parents, children, and the way from the root to a task. */
public abstract class ChainSuite extends StoreSuite {

    /** For a suite with a subclass. */
    protected ChainSuite() {}

    @Test
    void chainIsRootFirstAndTheTaskLast() {
        submitLine("a", "b", "c", "d");
        submit(task("sibling").parent("b"));

        var chain = chain("c", 10, false);

        assertThat(taskNames(chain.tasks())).containsExactly("a", "b", "c");
        assertThat(chain.tasks()).containsExactly(read("a"), read("b"), read("c"));
        assertThat(chain.truncated()).isFalse();
        assertThat(chain.cyclic()).isFalse();
    }

    @Test
    void chainOfARootIsTheRoot() {
        submit(task("a"));

        assertThat(chain("a", 1, false)).isEqualTo(new StoredChain(List.of(read("a")), false, false));
        assertThat(store.chain(Scope.ALL, id("nobody"), 10, false)).isEmpty();
    }

    @Test
    void limitKeepsTheNearestAndSaysThatSomeAreMissing() {
        submitLine("a", "b", "c", "d");

        assertThat(taskNames(chain("d", 2, false).tasks())).containsExactly("c", "d");
        assertThat(chain("d", 2, false).truncated()).isTrue();
        assertThat(taskNames(chain("d", 1, false).tasks())).containsExactly("d");
        assertThat(chain("d", 1, false).truncated()).isTrue();
        assertThat(taskNames(chain("d", 4, false).tasks())).containsExactly("a", "b", "c", "d");
        assertThat(chain("d", 4, false).truncated())
                .as("none is missing when there are just as many")
                .isFalse();
    }

    @Test
    void chainBeginsAtAContinuationUnlessAskedToGoOn() {
        submitLine("a", "b");
        submit(task("sequel").parent("b").kind(GenerationKind.CONTINUATION));
        submit(task("refined").parent("sequel").kind(GenerationKind.REFINEMENT));

        assertThat(taskNames(chain("refined", 10, false).tasks())).containsExactly("sequel", "refined");
        assertThat(chain("refined", 10, false).truncated()).isFalse();
        assertThat(taskNames(chain("sequel", 10, false).tasks())).containsExactly("sequel");
        assertThat(taskNames(chain("refined", 10, true).tasks())).containsExactly("a", "b", "sequel", "refined");
    }

    @Test
    void limitAtAContinuationLeavesNothingOut() {
        submit(task("a"));
        submit(task("sequel").parent("a").kind(GenerationKind.CONTINUATION));
        submit(task("refined").parent("sequel"));

        assertThat(chain("refined", 2, false).truncated())
                .as("what lies before a continuation is not of this chain")
                .isFalse();
        assertThat(chain("refined", 2, true).truncated()).isTrue();
    }

    @Test
    void chainStopsWhereATaskWasDeleted() {
        submitLine("a", "b", "c", "d");
        store.delete(Scope.ALL, id("b"));

        assertThat(taskNames(chain("d", 10, false).tasks())).containsExactly("c", "d");
        assertThat(chain("d", 10, false).truncated()).isFalse();
        assertThat(chain("d", 2, false).truncated())
                .as("what was deleted is not missing because of the limit")
                .isFalse();
        assertThat(row("c").placement().parent()).isEqualTo(id("b"));
        assertThat(store.chain(Scope.ALL, id("b"), 10, false)).isEmpty();
    }

    @Test
    void longChainIsReadWhole() {
        submit(task("t0"));
        for (int i = 1; i < 120; i++) {
            submit(task("t" + i).parent("t" + (i - 1)));
        }

        var chain = chain("t119", 200, false);

        assertThat(chain.tasks()).hasSize(120);
        assertThat(chain.tasks().get(0).row().id()).isEqualTo(id("t0"));
        assertThat(chain("t119", 50, false).tasks()).hasSize(50);
    }

    @Test
    void childrenAreOldestFirst() {
        submit(task("a"));
        submit(task("z").parent("a"));
        submit(task("n").parent("a"), task("m").parent("a"));
        submit(task("grandchild").parent("z"));
        submit(task("stranger"));

        assertThat(summaryNames(store.children(Scope.ALL, id("a")))).containsExactly("z", "m", "n");
        assertThat(store.children(Scope.ALL, id("a")).get(0)).isEqualTo(summary("z"));
        assertThat(store.children(Scope.ALL, id("stranger"))).isEmpty();
        store.delete(Scope.ALL, id("m"));
        assertThat(summaryNames(store.children(Scope.ALL, id("a")))).containsExactly("z", "n");
    }

    @Test
    void childOfAParentThatIsNotThereIsNotStored() {
        submit(alone(Owner.of("owner-2"), task("theirs")));
        submit(task("deleted"));
        store.delete(Scope.ALL, id("deleted"));

        for (String gone : new String[] {"nobody", "theirs", "deleted"}) {
            assertThat(store.submit(alone(task("first"), task("child").parent(gone))))
                    .isEqualTo(new Submitted.ParentGone(id(gone)));
            assertThat(runner().submit(alone(task("first"), task("child").parent(gone)), 2))
                    .isEqualTo(new Submitted.ParentGone(id(gone)));
        }
        assertThat(exists("first")).isFalse();
        assertThat(exists("child")).isFalse();
    }

    @Test
    void parentMayBeOfTheSameSubmission() {
        submit(
                task("child").parent("parent"),
                task("parent"),
                task("other-child").parent("parent"));

        assertThat(summaryNames(store.children(Scope.ALL, id("parent")))).containsExactly("child", "other-child");
    }

    @Test
    void parentMayBeInWhateverStateItIs() {
        var runner = runner();
        storeAll(runner, succeeded(submitAndClaim(runner, task("done")).ref()));
        submit(task("ready"));
        store.cancel(Scope.ALL, id("ready"));

        submit(task("child-1").parent("done"), task("child-2").parent("ready"));

        assertThat(taskNames(chain("child-2", 10, false).tasks())).containsExactly("ready", "child-2");
    }

    @Test
    void parentsThatPointAtEachOtherNeverMakeAChainEndless() {
        // A store may refuse them, as parents that are not there yet.
        var submitted = store.submit(
                alone(task("a").parent("b"), task("b").parent("a"), task("self").parent("self")));

        if (submitted instanceof Submitted.Stored) {
            for (String name : new String[] {"a", "b", "self"}) {
                var chain = chain(name, 50, true);
                assertThat(chain.cyclic()).isTrue();
                assertThat(taskNames(chain.tasks())).doesNotHaveDuplicates().endsWith(name);
            }
        } else {
            assertThat(submitted).isInstanceOf(Submitted.ParentGone.class);
            assertThat(store.counts(Scope.ALL)).isEmpty();
        }
    }

    private void submitLine(String... names) {
        submit(task(names[0]));
        for (int i = 1; i < names.length; i++) {
            submit(task(names[i]).parent(names[i - 1]).kind(GenerationKind.REFINEMENT));
        }
    }

    private StoredChain chain(String name, int limit, boolean acrossContinuations) {
        return store.chain(Scope.ALL, id(name), limit, acrossContinuations).orElseThrow();
    }
}
