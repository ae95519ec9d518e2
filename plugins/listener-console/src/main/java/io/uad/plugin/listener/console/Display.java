package io.uad.plugin.listener.console;

/** Where text goes: sentences that stay, and the progress of the stage in hand, which does not. */
interface Display extends AutoCloseable {
    /** Shows a sentence for good. */
    void line(String sentence);

    /**
     * Shows how far a stage is.
     *
     * @param total units, 0 or less if unknown
     * @param detail what else is known, such as the loss; may be empty
     */
    void progress(String stage, long done, long total, String detail);

    /** The stage in hand is over. */
    void stageEnded();

    /** Nothing more will come. */
    @Override
    void close();
}
