package io.uad.plugin.engine.libtorch;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.engine.Membership;
import io.uad.plugin.engine.common.LibraryFailures;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** What goes wrong between processes. */
final class GroupFailures {
    /** Where the library misses what a process says of its address. */
    private static final Pattern ADDRESS_OF = Pattern.compile("keys: /\\d+/(\\d+)$");

    private GroupFailures() {}

    /** In a collective call. */
    static UadException lost(Membership membership, RuntimeException failure) {
        var reason = reason(failure);
        var words = reason.toLowerCase(Locale.ROOT);
        var silent = words.contains("timed out") || words.contains("timeout");
        return new UadException(
                ErrorKind.RESOURCE,
                (silent
                                ? "another process has not answered for "
                                        + membership.patience().toSeconds() + " s"
                                : "the connection to another process is lost, as when it has ended")
                        + ": " + reason,
                where(membership),
                "all " + membership.size() + " processes",
                "Look at what the others say, "
                        + (silent ? "give them more time if they only need longer (--process-timeout), " : "")
                        + "and go on from the last checkpoint with --resume",
                failure);
    }

    /** At the place where processes meet. */
    static UadException unreachable(Membership membership, Exception failure) {
        var reason = reason(failure);
        var taken = membership.rank() == 0
                && (reason.contains("EADDRINUSE")
                        || reason.toLowerCase(Locale.ROOT).contains("in use"));
        return new UadException(
                ErrorKind.RESOURCE,
                taken
                        ? "port " + membership.port() + " is in use: " + reason
                        : membership.rank() == 0
                                ? "the others cannot be awaited there: " + reason
                                : "process 0 was not there within "
                                        + membership.joinPatience().toSeconds() + " s: " + reason,
                where(membership),
                taken ? "a free port" : "process 0, listening there",
                taken
                        ? "Choose another port, the same for all processes, or another --rank if process 0 is there already"
                        : "Check the address, and that process 0 was started",
                failure);
    }

    /** Where a name leads nowhere. */
    static UadException unknownHost(Membership membership, UnknownHostException failure) {
        return new UadException(
                ErrorKind.RESOURCE,
                "the host " + membership.host() + " is not known here",
                where(membership),
                "a name or an address of the machine of process 0",
                "Correct --rendezvous, or name the machine by its address",
                failure);
    }

    /** Where somebody answers, and says nothing more. */
    static UadException silent(Membership membership, TimeoutException failure) {
        var seconds = membership.joinPatience().toSeconds();
        return new UadException(
                ErrorKind.RESOURCE,
                membership.rank() == 0
                        ? "process 0 does not reach itself there within " + seconds + " s"
                        : "what answers there does not do so as process 0 within " + seconds + " s",
                where(membership),
                membership.rank() == 0 ? "an address of this machine" : "process 0, listening there",
                "Check the address, and that nothing else listens there",
                failure);
    }

    /** Without the place in the library's sources, and without its advice to those who wrote it. */
    private static String reason(Throwable failure) {
        var reason = LibraryFailures.reason(failure).replaceFirst("^\\[[^]]*:\\d+] *", "");
        var advice = reason.indexOf(". This is typically");
        return (advice < 0 ? reason : reason.substring(0, advice)).replaceAll("\\.+$", "");
    }

    /** While processes still gather. */
    static UadException left(Membership membership, RuntimeException failure) {
        return new UadException(
                ErrorKind.RESOURCE,
                "process 0 has ended before all were there: " + reason(failure),
                where(membership),
                "all " + membership.size() + " processes",
                "Look at what process 0 says, and start all of them again",
                failure);
    }

    /** Between processes of which each has been there. */
    static UadException unconnected(Membership membership, RuntimeException failure) {
        var missing = ADDRESS_OF.matcher(reason(failure));
        return new UadException(
                ErrorKind.RESOURCE,
                (missing.find() ? "process " + missing.group(1) : "another process") + " could not be connected within "
                        + membership.joinPatience().toSeconds() + " s, as when it has ended meanwhile: "
                        + reason(failure),
                where(membership),
                "all " + membership.size() + " processes, which reach each other on all ports",
                "Look at what the others say, and start all of them again",
                failure);
    }

    /** @param missing the numbers of those that did not come */
    static UadException missing(Membership membership, String missing) {
        return UadException.resource(
                "process" + (missing.contains(",") ? "es " : " ") + missing + " did not come within "
                        + membership.joinPatience().toSeconds() + " s",
                where(membership),
                "all " + membership.size() + " processes",
                "Start them, or give them more time (--join-timeout)");
    }

    /** @param reason as one of the processes found it */
    static UadException refused(Membership membership, String reason) {
        return UadException.config(
                reason,
                where(membership),
                "each number from 0 to " + (membership.size() - 1) + " once, and one --world",
                "Correct --rank and --world, and start all of them again");
    }

    /** @param gpus how many processes have one */
    static UadException mixed(Membership membership, int gpus) {
        return UadException.resource(
                "of " + membership.size() + " processes, " + gpus + " compute on a GPU and the others on the CPU",
                where(membership),
                "a GPU for each process, or none for any",
                "Start as many processes as there are GPUs, or use engine.device: cpu");
    }

    /** GPUs that do not come together. */
    static UadException withoutNccl(Membership membership, Throwable failure) {
        return new UadException(
                ErrorKind.RESOURCE,
                "the GPUs of the processes cannot be connected by NCCL: " + reason(failure),
                where(membership),
                "a GPU of its own for each process, and NCCL 2 (libnccl.so.2) for the CUDA of the natives",
                "Name each process's GPU by CUDA_VISIBLE_DEVICES, install NCCL, or use engine.device: cpu",
                failure);
    }

    static String where(Membership membership) {
        return "process " + membership.rank() + " of " + membership.size() + ", " + membership.host() + ":"
                + membership.port();
    }
}
