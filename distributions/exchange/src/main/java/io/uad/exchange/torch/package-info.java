/**
 * Reads files of {@code torch.save}: the zip archive of PyTorch 1.6 and later, and the stream of pickles before it.
 *
 * <p><b>Zip.</b> {@code NAME/data.pkl} is the object, {@code NAME/data/KEY} the numbers of a storage, stored and not
 * compressed; {@code NAME/byteorder} may say {@code little}.
 *
 * <p><b>Stream.</b> Five pickles (a magic number, the protocol version 1001, facts about the system, the object, the list of
 * the storages' keys) and then for each key, in that order, the number of elements in 8 bytes and the elements.
 *
 * <p>In both, a tensor is a persistent id of its storage, an offset, sizes and strides. A file is data here: see
 * {@link io.uad.exchange.pickle.StrictUnpickler}.
 */
@NullMarked
package io.uad.exchange.torch;

import org.jspecify.annotations.NullMarked;
