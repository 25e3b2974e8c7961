package dev.reprise.runner;

import dev.reprise.attempt.CancelReason;
import dev.reprise.attempt.Claim;
import dev.reprise.identity.RunnerId;
import dev.reprise.store.RunnerSession;
import dev.reprise.store.TaskRef;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * What this process has claimed, and its free slots. A slot is taken before a claim and given back after the outcome is
 * stored, so that claims never outrun the store.
 */
final class InFlight {

    private final int slots;
    private final Semaphore free;
    private final Map<TaskRef, Claim> claims = new ConcurrentHashMap<>();
    // Handed back by reconciliation while the claim's answer was still on its way: that answer must not be started.
    private final Set<TaskRef> disowned = ConcurrentHashMap.newKeySet();
    private Set<TaskRef> strangersBefore = Set.of();

    InFlight(int slots) {
        this.slots = slots;
        this.free = new Semaphore(slots);
    }

    int slots() {
        return slots;
    }

    int running() {
        return claims.size();
    }

    boolean isEmpty() {
        return claims.isEmpty();
    }

    /** Whether nothing is under way, not even a claim that may still bring something. */
    boolean isIdle() {
        return free.availablePermits() == slots;
    }

    /** Takes up to a number of free slots. */
    int take(int atMost) {
        int taken = Math.min(atMost, free.availablePermits());
        while (taken > 0 && !free.tryAcquire(taken)) {
            taken = Math.min(taken - 1, free.availablePermits());
        }
        return Math.max(0, taken);
    }

    void giveBack(int number) {
        if (number > 0) {
            free.release(number);
        }
    }

    boolean hasFree() {
        return free.availablePermits() > 0;
    }

    /** Remembers a claim; false when it has been handed back meanwhile and must not be started. */
    boolean add(Claim claim) {
        if (disowned.remove(claim.ref())) {
            return false;
        }
        claims.put(claim.ref(), claim);
        return true;
    }

    /** Forgets a claim and frees its slot. */
    void remove(Claim claim) {
        removeAll(List.of(claim));
    }

    /** Forgets claims and frees their slots all at once, so that the next claim finds all of them. */
    void removeAll(Collection<Claim> ended) {
        int freed = 0;
        for (Claim claim : ended) {
            if (claims.remove(claim.ref()) != null) {
                freed++;
            }
        }
        giveBack(freed);
    }

    void cancel(Collection<TaskRef> refs, CancelReason reason) {
        for (TaskRef ref : refs) {
            var claim = claims.get(ref);
            if (claim != null) {
                claim.call().cancel(reason);
            }
        }
    }

    void cancelAll(CancelReason reason) {
        claims.values().forEach(claim -> claim.call().cancel(reason));
    }

    void cancelAllOf(RunnerId runner, CancelReason reason) {
        claims.values().stream()
                .filter(claim -> claim.session().id().equals(runner))
                .forEach(claim -> claim.call().cancel(reason));
    }

    /** What one incarnation has claimed, to compare with what a beat that starts now will find. */
    List<TaskRef> of(RunnerId runner) {
        return claims.values().stream()
                .filter(claim -> claim.session().id().equals(runner))
                .map(Claim::ref)
                .toList();
    }

    /**
     * Compares with what the store says: calls whose row has moved on are cut off; rows that two beats in a row found
     * and nobody here knows are handed back, since the answer to their claim must have been lost.
     *
     * @param before what this incarnation had before the beat
     * @param held what the beat found
     */
    void reconcile(RunnerSession session, List<TaskRef> before, Set<TaskRef> held) {
        cancel(before.stream().filter(ref -> !held.contains(ref)).toList(), CancelReason.LOST);
        var strangers = new HashSet<>(held);
        strangers.removeAll(claims.keySet());
        var lost = new HashSet<>(strangers);
        lost.retainAll(strangersBefore);
        lost.removeAll(disowned);
        strangersBefore = strangers;
        if (!lost.isEmpty()) {
            disowned.addAll(lost);
            session.handBack(lost);
        }
    }
}
