package io.uad.api.fusion;

import io.uad.api.Seed;
import io.uad.api.backbone.Network;
import io.uad.api.engine.TapSelection;
import java.util.List;

/**
 * Chooses what is read from the network and joins it into one row per image.
 *
 * @since 0.1
 */
public interface Fusion {
    /**
     * Chooses the taps and their channels. The runtime asks when the epoch begins and stores the answer in the checkpoint.
     *
     * @param seed of the run, for choices that last; derive by {@code epoch} for choices that do not
     * @param epoch from 0 on
     * @return at least one selection
     * @throws io.uad.api.UadException of kind CONFIG if the network lacks a tap, naming those it has
     */
    List<TapSelection> select(Network network, Seed seed, int epoch);

    /**
     * Prepares to join what those selections read.
     *
     * @param selections an earlier answer of {@link #select}
     * @param seed of the run, for random projections
     */
    FusedLayout layout(Network network, List<TapSelection> selections, Seed seed);

    /**
     * What a user should know before a run with these options, a sentence each without a full stop, such as what they do
     * to the figures. Shown once when the run begins.
     *
     * @return none unless a fusion has something to warn of
     */
    default List<String> warnings() {
        return List.of();
    }
}
