package dev.reprise;

import dev.reprise.refinement.Refinements;
import dev.reprise.variation.Variations;

/**
 * What makes submissions.
 *
 * @param variations makes batches of variations
 * @param refinements makes children, and holds what makes tasks
 */
record SubmissionFactories(Variations variations, Refinements refinements) {}
