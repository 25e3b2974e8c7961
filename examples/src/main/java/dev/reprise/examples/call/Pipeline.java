package dev.reprise.examples.call;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Answers lines, several at once, in the order in which they came: an answer is written and flushed as soon as it and
 * all before it are done, while more lines may still come.
 *
 * @param parallel how many lines are worked on at once
 * @param answers gives the answer to a line; must not throw
 */
record Pipeline(int parallel, Answering answers) {

    /** How many lines may be read ahead of the oldest answer that is missing. */
    private static final int READ_AHEAD = 1_000;

    private static final String END = "";

    /** Gives the answer to a line. */
    @FunctionalInterface
    interface Answering {
        String answer(long number, String line);
    }

    /**
     * Reads lines to the end and answers them; blank ones are passed over.
     *
     * @return whether all answers could be written
     */
    boolean run(BufferedReader in, PrintStream out) throws IOException, InterruptedException {
        var workers = Executors.newFixedThreadPool(parallel);
        var order = new ArrayBlockingQueue<CompletableFuture<String>>(parallel + READ_AHEAD);
        var broken = new AtomicBoolean();
        var writer = new Thread(() -> write(order, out, broken), "answers");
        writer.start();
        try {
            read(in, workers, order, broken);
        } finally {
            order.put(CompletableFuture.completedFuture(END));
            writer.join();
            workers.shutdown();
        }
        return !broken.get();
    }

    private void read(
            BufferedReader in,
            ExecutorService workers,
            BlockingQueue<CompletableFuture<String>> order,
            AtomicBoolean broken)
            throws IOException, InterruptedException {
        long count = 0;
        for (var line = in.readLine(); line != null && !broken.get(); line = in.readLine()) {
            long number = ++count;
            var text = line;
            if (!text.isBlank()) {
                order.put(CompletableFuture.supplyAsync(() -> answers.answer(number, text), workers));
            }
        }
    }

    private static void write(BlockingQueue<CompletableFuture<String>> order, PrintStream out, AtomicBoolean broken) {
        try {
            for (var answer = order.take().join();
                    !answer.equals(END);
                    answer = order.take().join()) {
                out.print(answer + "\n");
                if (out.checkError()) { // it flushes, too
                    broken.set(true);
                }
            }
        } catch (InterruptedException e) {
            broken.set(true);
            Thread.currentThread().interrupt();
        }
    }
}
