package dev.reprise.engine;

import dev.reprise.GenerationClient;
import dev.reprise.event.Health;
import dev.reprise.failure.RepriseException;
import dev.reprise.generation.GenerationRequest;
import dev.reprise.generation.ProcessedOutput;
import dev.reprise.storage.memory.InMemoryTaskStore;
import java.time.Duration;
import java.util.ArrayList;

/** A process whose memory is used up again and again by code of the app, and which then asks for something ordinary. */
final class OutOfMemoryChild {

    private OutOfMemoryChild() {}

    public static void main(String[] arguments) {
        var client = GenerationClient.builder()
                .provider(new CodeProvider((request, control, number) -> CodeProvider.completed("done")))
                .taskStore(InMemoryTaskStore.create())
                .maxConcurrent(4)
                .drainTimeout(Duration.ZERO)
                .processor("hog", (text, settings) -> {
                    var all = new ArrayList<byte[]>();
                    while (all.size() < Integer.MAX_VALUE) {
                        all.add(new byte[1 << 12]);
                    }
                    return ProcessedOutput.accepted(all.get(0).length + " bytes");
                })
                .build();
        for (int i = 0; i < 40; i++) {
            hog(client);
        }
        System.out.println(
                ordinary(client) ? "goes on" : "health " + client.health().status());
        Runtime.getRuntime().halt(client.health().status() == Health.Status.CLOSED ? 1 : 0);
    }

    private static void hog(GenerationClient client) {
        try {
            client.generate(GenerationRequest.builder()
                            .prompt("hello")
                            .processor("hog")
                            .build())
                    .await(Duration.ofSeconds(20));
        } catch (RepriseException | OutOfMemoryError e) {
            return; // what is looked at is what comes after
        }
    }

    private static boolean ordinary(GenerationClient client) {
        try {
            return client.generate(GenerationRequest.of("hello"))
                    .await(Duration.ofSeconds(90))
                    .text()
                    .equals("done");
        } catch (RepriseException e) {
            return false;
        }
    }
}
