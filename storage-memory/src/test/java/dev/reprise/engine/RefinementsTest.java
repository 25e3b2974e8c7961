package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.GenerationOperations;
import dev.reprise.failure.FailureKind;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.failure.InvalidRequestException;
import dev.reprise.failure.NotFoundException;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationKind;
import dev.reprise.generation.GenerationQuery;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.GenerationSummary;
import dev.reprise.generation.Message;
import dev.reprise.generation.Role;
import dev.reprise.generation.TaskState;
import dev.reprise.identity.GenerationId;
import dev.reprise.testkit.FakeCall;
import dev.reprise.testkit.FakeOutcome;
import dev.reprise.testkit.FakeProvider;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A generation refined into a child, and the chain that leads to it. */
class RefinementsTest {

    private final VirtualWorld world = new VirtualWorld();
    private final FakeProvider provider = FakeProvider.builder()
            .clock(world.clock)
            .script((request, number) -> {
                var turns = request.request().messages();
                var last = turns.get(turns.size() - 1).text();
                return last.startsWith("fail")
                        ? FakeOutcome.failure(FailureKind.REFUSED)
                        : FakeOutcome.reply("<" + last + ">");
            })
            .build();
    private final GenerationOperations mine = world.start(provider).forOwner("me");
    private final GenerationOperations yours = world.start(provider).forOwner("you");

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aRefinementSendsTheConversationAndKeepsParentInstructionAndSettings() {
        var root = generate(GenerationRequest.builder()
                .prompt("a fox")
                .system("be kind")
                .setting("aspectRatio", "16:9")
                .idempotencyKey("once")
                .build());

        var child = world.until(mine.refine(root.id(), "warmer").future());

        assertThat(child.kind()).isEqualTo(GenerationKind.REFINEMENT);
        assertThat(child.parentId()).isEqualTo(root.id());
        assertThat(child.instruction()).isEqualTo("warmer");
        assertThat(child.request().prompt()).isEqualTo("a fox");
        assertThat(child.request().settings()).containsEntry("aspectRatio", "16:9");
        assertThat(child.request().system()).isEqualTo("be kind");
        FakeCall call = provider.call(2);
        assertThat(call.request().request().messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.USER);
        assertThat(call.conversation()).isEqualTo("a fox\n<a fox>\nwarmer");
    }

    @Test
    void aChainIsRootFirstAndEndsWithTheOneAskedFor() {
        var root = generate(GenerationRequest.of("a fox"));
        var second = world.until(mine.refine(root.id(), "warmer").future());
        var third = world.until(mine.refine(second.id(), "shorter").future());
        world.until(mine.refine(root.id(), "another branch").future());

        var chain = mine.chain(third.id());

        assertThat(chain.generations()).extracting(Generation::id).containsExactly(root.id(), second.id(), third.id());
        assertThat(chain.truncated()).isFalse();
        assertThat(chain.cyclic()).isFalse();
    }

    @Test
    void aChainOfMoreThanFiftyShowsTheNearestFiftyAndSaysSo() {
        var last = generate(GenerationRequest.of("a fox"));
        for (int i = 0; i < 51; i++) {
            last = world.until(mine.refine(last.id(), "step " + i).future());
        }

        var chain = mine.chain(last.id());

        assertThat(chain.generations()).hasSize(50);
        assertThat(chain.truncated()).isTrue();
        assertThat(chain.generations().get(49).id()).isEqualTo(last.id());
        assertThat(chain.root().instruction()).isEqualTo("step 1");
    }

    @Test
    void aRefinementChainStopsAtAContinuationUnlessAsked() {
        var root = generate(GenerationRequest.of("a fox"));
        var sequel =
                world.until(mine.continueFrom(root.id(), "sequel", "and then?").future());
        var refined = world.until(mine.refine(sequel.id(), "shorter").future());

        assertThat(sequel.kind()).isEqualTo(GenerationKind.CONTINUATION);
        assertThat(sequel.origin().lineage()).isNotNull();
        assertThat(sequel.origin().lineage().continuationType()).isEqualTo("sequel");
        assertThat(mine.chain(refined.id()).generations())
                .extracting(Generation::id)
                .containsExactly(sequel.id(), refined.id());
        assertThat(mine.lineage(refined.id()).generations())
                .extracting(Generation::id)
                .containsExactly(root.id(), sequel.id(), refined.id());
    }

    @Test
    void childrenAreOldestFirst() {
        var root = generate(GenerationRequest.of("a fox"));
        var first = world.until(mine.refine(root.id(), "one").future());
        world.clock.advance(Duration.ofSeconds(1));
        var second = world.until(mine.refine(root.id(), "two").future());

        assertThat(mine.children(root.id())).extracting(GenerationSummary::id).containsExactly(first.id(), second.id());
    }

    @Test
    void aFailedChildStaysWithItsError() {
        var root = generate(GenerationRequest.of("a fox"));

        var child = mine.refine(root.id(), "fail please");
        world.until(() -> child.now().state().isTerminal());

        assertThat(child.now().state()).isEqualTo(TaskState.FAILED);
        assertThat(child.now().failure()).isNotNull();
        assertThat(child.now().failure().kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(mine.children(root.id())).hasSize(1);
    }

    @Test
    void whatHasNoOutputCannotBeRefined() {
        var failed = mine.generate(GenerationRequest.of("fail"));
        world.until(() -> failed.now().state().isTerminal());

        assertThatThrownBy(() -> mine.refine(failed.id(), "warmer"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("parent must have succeeded, so that it has an output: " + failed.id() + " is FAILED");
        assertThat(mine.children(failed.id())).isEmpty();
    }

    @Test
    void anotherOwnersGenerationDoesNotExist() {
        var root = generate(GenerationRequest.of("a fox"));

        assertThat(yours.get(root.id())).isEmpty();
        assertThat(yours.children(root.id())).isEmpty();
        assertThat(yours.list(GenerationQuery.all()).items()).isEmpty();
        assertThat(yours.feed(10, null).items()).isEmpty();
        assertThat(yours.cancel(root.id())).isFalse();
        assertThatThrownBy(() -> yours.refine(root.id(), "warmer"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("generation not found: " + root.id());
        assertThatThrownBy(() -> yours.chain(root.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> yours.handle(root.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> yours.delete(root.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> yours.preview(root.id(), "warmer")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void anInstructionMustSaySomething() {
        var root = generate(GenerationRequest.of("a fox"));

        assertThatThrownBy(() -> mine.refine(root.id(), " "))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("instruction must not be blank:  ");
        assertThatThrownBy(() -> mine.continueFrom(root.id(), "", "go on"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("type must not be blank: ");
        assertThatThrownBy(() -> mine.refine(new GenerationId("nowhere"), "warmer"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aPreviewIsNotStored() {
        var root = generate(GenerationRequest.of("a fox"));

        var preview = world.until(mine.preview(root.id(), "warmer"));

        assertThat(preview.output()).isEqualTo("<warmer>");
        assertThat(preview.usage().outputTokens()).isEqualTo(20);
        assertThat(mine.children(root.id())).isEmpty();
        assertThat(mine.list(GenerationQuery.all()).items()).hasSize(1);
    }

    @Test
    void aPreviewThatFailsIsNotTriedAgain() {
        var root = generate(GenerationRequest.of("a fox"));
        var preview = mine.preview(root.id(), "fail");

        assertThatThrownBy(() -> world.until(preview)).hasCauseInstanceOf(GenerationFailedException.class);
        assertThat(provider.callCount()).isEqualTo(2);
    }

    @Test
    void aChainStopsWhereAParentWasDeleted() {
        var root = generate(GenerationRequest.of("a fox"));
        var second = world.until(mine.refine(root.id(), "warmer").future());
        var third = world.until(mine.refine(second.id(), "shorter").future());

        mine.delete(second.id());

        assertThat(mine.get(second.id())).isEmpty();
        assertThat(mine.chain(third.id()).generations())
                .extracting(Generation::id)
                .containsExactly(third.id());
        assertThatThrownBy(() -> mine.refine(second.id(), "again")).isInstanceOf(NotFoundException.class);
    }

    private Generation generate(GenerationRequest request) {
        return world.until(mine.generate(request).future());
    }
}
