package dev.reprise.examples.variations;

import dev.reprise.GenerationOperations;
import dev.reprise.failure.GenerationFailedException;
import dev.reprise.generation.Batch;
import dev.reprise.generation.Chain;
import dev.reprise.generation.Generation;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.TaskState;
import dev.reprise.handle.GenerationHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the main job uses the library for, and all of it: four variations, and the first that succeeded refined step by
 * step.
 *
 * @param request what to vary
 * @param instructions the refinements, in order
 */
record Job(GenerationRequest request, List<String> instructions) {

    static final int VARIATIONS = 4;

    /** The variations, when all have ended; one that fails never stops the others. */
    Batch vary(GenerationOperations operations) {
        return operations.variations(request, VARIATIONS).await();
    }

    /** Refines the first variation that succeeded, step by step; a refinement that fails stops those after it. */
    Results refine(GenerationOperations operations, Batch variations) {
        if (variations.succeeded().isEmpty()) {
            return new Results(this, variations, null);
        }
        Generation newest = variations.succeeded().get(0);
        for (String instruction : instructions) {
            var handle = refinement(operations, newest, instruction);
            try {
                newest = handle.await();
            } catch (GenerationFailedException e) {
                // It stays in the store with its error, and in the chain.
                return new Results(this, variations, operations.chain(handle.id()));
            }
        }
        return new Results(this, variations, operations.chain(newest.id()));
    }

    /** The refinement that an earlier run of this job has begun, or a new one. */
    private static GenerationHandle refinement(GenerationOperations operations, Generation parent, String instruction) {
        return operations.children(parent.id()).stream()
                .filter(child -> child.state() != TaskState.FAILED)
                .flatMap(child -> operations.get(child.id()).stream())
                .filter(child -> instruction.equals(child.instruction()))
                .findFirst()
                .map(child -> operations.handle(child.id()))
                .orElseGet(() -> operations.refine(parent.id(), instruction));
    }

    /**
     * What came of it.
     *
     * @param job what was to be done
     * @param variations all four, failed ones too
     * @param chain the refined variation and its refinements, root first, or null when no variation succeeded
     */
    record Results(Job job, Batch variations, @Nullable Chain chain) {

        /** Whether everything is there that was asked for. */
        boolean complete() {
            return variations.succeeded().size() == VARIATIONS
                    && steps().size() == 1 + job.instructions().size()
                    && steps().stream().allMatch(step -> step.state() == TaskState.SUCCEEDED);
        }

        /** The generations of the chain, root first. */
        List<Generation> steps() {
            return chain == null ? List.of() : chain.generations();
        }

        /** The refinements, in order. */
        List<Generation> refinements() {
            return steps().stream().skip(1).toList();
        }
    }
}
