// Command ledger-conformance checks a ledger of Tiaoli with the Go project's own transparency-log packages, which
// know nothing of Tiaoli: that its checkpoint is a signed note, its tiles are a tree with the signed root, its
// entry bundles are the leaves of that tree, an older checkpoint is a prefix of it, its receipts prove inclusion, and a
// witness has cosigned it.
//
// Usage: ledger-conformance <log folder> <verifier key> <older checkpoint file> <receipts file> <witness key>
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// tileHeight is the height of every tile in C2SP tlog-tiles.
const tileHeight = 8

func main() {
	if err := check(os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(folder, key, olderFile, receiptsFile, witnessKey string) error {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return err
	}
	head, err := openCheckpoint(filepath.Join(folder, "checkpoint"), verifier)
	if err != nil {
		return err
	}
	hashes := tlog.TileHashReader(head, tiles{folder})
	if err := checkEntries(folder, head, hashes); err != nil {
		return err
	}
	older, err := openCheckpoint(olderFile, verifier)
	if err != nil {
		return err
	}
	if err := checkPrefix(older, head, hashes); err != nil {
		return err
	}
	receipts, err := checkReceipts(receiptsFile, verifier)
	if err != nil {
		return err
	}
	if err := checkCosigned(filepath.Join(folder, "checkpoint.witnessed"), verifier, witnessKey); err != nil {
		return err
	}
	fmt.Printf("%d entries, prefix of %d, %d receipts, cosigned\n", head.N, older.N, receipts)
	return nil
}

// cosigner is a verifier of C2SP tlog-cosignature, which the package note leaves to its users.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (c cosigner) Name() string    { return c.name }
func (c cosigner) KeyHash() uint32 { return c.hash }

func (c cosigner) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	seconds := binary.BigEndian.Uint64(signature)
	message := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", seconds)), text...)
	return ed25519.Verify(c.key, message, signature[8:])
}

func newCosigner(key string) (cosigner, error) {
	parts := strings.SplitN(key, "+", 3)
	if len(parts) != 3 {
		return cosigner{}, fmt.Errorf("no verifier key: %q", key)
	}
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	if err != nil {
		return cosigner{}, err
	}
	typed, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil {
		return cosigner{}, err
	}
	if len(typed) != 1+ed25519.PublicKeySize || typed[0] != 4 {
		return cosigner{}, fmt.Errorf("no key of a witness: %q", key)
	}
	return cosigner{parts[0], uint32(hash), ed25519.PublicKey(typed[1:])}, nil
}

// checkCosigned demands the signatures of the log and of the witness on one checkpoint.
func checkCosigned(file string, verifier note.Verifier, witnessKey string) error {
	witness, err := newCosigner(witnessKey)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	opened, err := note.Open(text, note.VerifierList(verifier, witness))
	if err != nil {
		return err
	}
	if len(opened.Sigs) != 2 {
		return fmt.Errorf("%d of 2 signatures on %s", len(opened.Sigs), file)
	}
	return nil
}

// openCheckpoint reads a tree head from a note that the verifier's key has signed.
func openCheckpoint(file string, verifier note.Verifier) (tlog.Tree, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
	return parseCheckpoint(text, verifier)
}

func parseCheckpoint(text []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(text, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s: %q", verifier.Name(), opened.Text)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

// tiles reads hash tiles from a folder; tlog checks each of them against the tree head.
type tiles struct{ folder string }

func (tiles) Height() int { return tileHeight }

func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		// Go's paths name the height; in tlog-tiles it is always 8 and left out.
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		bytes, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

func checkEntries(folder string, head tlog.Tree, hashes tlog.HashReader) error {
	width := int64(1) << tileHeight
	for first := int64(0); first < head.N; first += width {
		count := min(width, head.N-first)
		bundle := tlog.Tile{H: tileHeight, L: 0, N: first / width, W: int(count)}
		path := strings.Replace(bundle.Path(), "tile/8/0/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return err
		}
		indexes := make([]int64, count)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		leaves, err := hashes.ReadHashes(indexes)
		if err != nil {
			return err
		}
		for i, leaf := range leaves {
			if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
				return fmt.Errorf("%s ends early", path)
			}
			end := 2 + int(binary.BigEndian.Uint16(data))
			if tlog.RecordHash(data[2:end]) != leaf {
				return fmt.Errorf("%s: entry %d is not its leaf", path, i)
			}
			data = data[end:]
		}
		if len(data) != 0 {
			return fmt.Errorf("%s: %d bytes too many", path, len(data))
		}
	}
	return nil
}

func checkPrefix(older, newer tlog.Tree, hashes tlog.HashReader) error {
	proof, err := tlog.ProveTree(newer.N, older.N, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckTree(proof, newer.N, newer.Hash, older.N, older.Hash)
}

type receipt struct {
	Entry      string   `json:"entry"`
	Index      int64    `json:"index"`
	Proof      []string `json:"proof"`
	Checkpoint string   `json:"checkpoint"`
}

func checkReceipts(file string, verifier note.Verifier) (int, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, err
	}
	var receipts []receipt
	if err := json.Unmarshal(text, &receipts); err != nil {
		return 0, err
	}
	for _, each := range receipts {
		head, err := parseCheckpoint([]byte(each.Checkpoint), verifier)
		if err != nil {
			return 0, err
		}
		entry, err := base64.StdEncoding.DecodeString(each.Entry)
		if err != nil {
			return 0, err
		}
		proof := make(tlog.RecordProof, len(each.Proof))
		for i, hash := range each.Proof {
			if proof[i], err = tlog.ParseHash(hash); err != nil {
				return 0, err
			}
		}
		if err := tlog.CheckRecord(proof, head.N, head.Hash, each.Index, tlog.RecordHash(entry)); err != nil {
			return 0, fmt.Errorf("receipt of index %d: %w", each.Index, err)
		}
	}
	return len(receipts), nil
}
