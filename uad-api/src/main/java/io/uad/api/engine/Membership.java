package io.uad.api.engine;

import java.time.Duration;

/**
 * How a process finds the others of its {@link ProcessGroup}.
 *
 * @param host where process 0 can be reached, and listens
 * @param port there, 1 to 65535
 * @param rank which process this is, 0 to {@code size - 1}
 * @param size how many there are, 2 or more
 * @param joinPatience how long to wait for the others in joining
 * @param patience how long to wait for them in each later call
 * @param joinStatistics whether batch normalisation in training takes means and variances over the joint batch, so that
 *     results do not depend on the number of processes; else over each process's part, and process 0's running statistics
 *     are everybody's
 * @since 0.1
 */
public record Membership(
        String host, int port, int rank, int size, Duration joinPatience, Duration patience, boolean joinStatistics) {
    /** One that waits equally long in joining and later. */
    public Membership(String host, int port, int rank, int size, Duration patience, boolean joinStatistics) {
        this(host, port, rank, size, patience, patience, joinStatistics);
    }

    public Membership {
        if (joinPatience.isNegative() || joinPatience.isZero() || patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(
                    "patience must be above 0, was " + joinPatience + " in joining and " + patience + " later");
        }
        if (host.isBlank() || port < 1 || port > 65535 || size < 2 || rank < 0 || rank >= size) {
            throw new IllegalArgumentException(
                    "host must not be blank, port lie in 1..65535, size be 2 or more and rank "
                            + "lie in 0..size-1, were " + host + ", " + port + ", " + size + ", " + rank);
        }
    }
}
