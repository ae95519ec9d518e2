package io.uad.plugin.decoder.leptonica;

import io.uad.api.image.DecoderProvider;
import io.uad.testkit.contract.DecoderContract;

class LeptonicaContractTest extends DecoderContract {
    @Override
    protected DecoderProvider provider() {
        return new LeptonicaProvider();
    }
}
