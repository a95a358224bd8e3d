"""How the tagger of names was trained; not installed with the program.

    python -m train.vectors VECTORS.json              word vectors, made small
    python -m train.tagger --data FOLDER              the network, from the corpora in FOLDER, and its calibration

Both write into `scripts/broadsheet/extract/entities/model/` and need the extra `train` (PyTorch). `corpora` reads
what there is to learn from, `mending` and `augment` better it, `encode` makes numbers of it, `network` learns,
`export` rounds what was learnt to whole numbers.
"""
